internal import LinearAlgebra

/// The support images as ROMAD scores a query against them.
package struct RomadBank: Sendable {
    package let scenes: [RomadScene]

    /// λ, the weight of the difference of areas.
    package let areaWeight: Float

    /// How many of the smallest distances make up the score.
    package let nearestCount: Int

    /// What each object costs when the other image has none at all: the largest cost between any two support images, or
    /// 1 where no two of them have objects.
    package let costWithoutOtherSide: Float

    /// What an object without a partner costs (the paper's Table 2).
    package enum LeftOver: Sendable {
        /// As much as its dearest pair: the paper's choice.
        case dearest
        case cheapest
    }

    private let leftOver: LeftOver

    /// How far a query is from one support image.
    package struct Comparison: Equatable, Sendable {
        /// Rows are the query's objects, columns the support's; the total is that of the pairs alone.
        package let assignment: Assignment

        /// The pairs' costs and, for each object left over, its largest cost.
        package let distance: Double
    }

    /// How unusual a query is.
    package struct Score: Equatable, Sendable {
        /// One for each support image, in their order.
        package let comparisons: [Comparison]

        /// The nearest support images, nearest first.
        package let nearest: [Int]

        /// The mean distance to these.
        package let value: Double
    }

    /// - Throws: `MatchingError.costNotFinite` where embeddings or areas are not finite numbers.
    package init(
        scenes: [RomadScene], areaWeight: Float = 0.5, nearestCount: Int = 3, leftOver: LeftOver = .dearest
    ) throws(MatchingError) {
        precondition(nearestCount > 0)
        self.scenes = scenes
        self.areaWeight = areaWeight
        self.nearestCount = nearestCount
        self.leftOver = leftOver
        var largest: Float?
        for (index, scene) in scenes.enumerated() {
            for other in scenes[(index + 1)...] {
                let costs = scene.costs(against: other, areaWeight: areaWeight)
                for (place, cost) in costs.elements.enumerated() {
                    guard cost.isFinite else {
                        throw .costNotFinite(row: place / costs.columnCount, column: place % costs.columnCount)
                    }
                    largest = max(largest ?? cost, cost)
                }
            }
        }
        costWithoutOtherSide = largest ?? 1
    }

    /// Compares a query with every support image.
    ///
    /// - Precondition: at least one support image.
    package func score(
        of query: RomadScene, with solver: inout AssignmentSolver
    ) throws(MatchingError) -> Score {
        precondition(!scenes.isEmpty)
        var comparisons: [Comparison] = []
        for scene in scenes { comparisons.append(try compare(query, with: scene, using: &solver)) }
        let order = comparisons.indices.sorted {
            let (first, second) = (comparisons[$0].distance, comparisons[$1].distance)
            return first != second ? first < second : $0 < $1
        }
        let nearest = Array(order.prefix(nearestCount))
        var sum = 0.0
        for index in nearest { sum += comparisons[index].distance }
        return Score(comparisons: comparisons, nearest: nearest, value: sum / Double(nearest.count))
    }

    /// Compares a query with one support image.
    package func compare(
        _ query: RomadScene, with support: RomadScene, using solver: inout AssignmentSolver
    ) throws(MatchingError) -> Comparison {
        let costs = query.costs(against: support, areaWeight: areaWeight)
        let assignment = try Assignment(minimising: costs, with: &solver)
        var distance = assignment.totalCost
        if query.objectCount == 0 || support.objectCount == 0 {
            distance = Double(costWithoutOtherSide) * Double(query.objectCount + support.objectCount)
        } else {
            for row in assignment.unmatchedRows {
                distance += Double(cost(ofOneLeftOver: (0..<costs.columnCount).map { costs[row, $0] }))
            }
            for column in assignment.unmatchedColumns {
                distance += Double(cost(ofOneLeftOver: (0..<costs.rowCount).map { costs[$0, column] }))
            }
        }
        return Comparison(assignment: assignment, distance: distance)
    }

    private func cost(ofOneLeftOver pairs: [Float]) -> Float {
        switch leftOver {
        case .dearest: pairs.reduce(-.infinity, max)
        case .cheapest: pairs.reduce(.infinity, min)
        }
    }
}

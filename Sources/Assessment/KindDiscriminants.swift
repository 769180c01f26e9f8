internal import Composition
package import LinearAlgebra

/// Tells kinds apart that look nearly the same: a nut that differs from every nut no more than nuts from each other may
/// still be a washer.
///
/// For two such kinds the line through their mean representations is split half-way. It counts only where every good
/// image, left out of the means, has all its objects of the two on their own sides.
package struct KindDiscriminants: Sendable {
    /// One look of a kind.
    package struct Member {
        let kind: Int
        let image: Int
        let object: ComparableObject

        package init(kind: Int, image: Int, object: ComparableObject) {
            self.kind = kind
            self.image = image
            self.object = object
        }
    }

    private struct Side: Sendable {
        let line: Int
        let sign: Float
    }

    /// For each kind the lines that it has a side of.
    private let sides: [[Side]]

    /// For each line a direction that is 2 long from one mean to the other, and where its middle lies.
    private let directions: Matrix
    private let middles: [Float]

    /// A line is looked for between kinds whose objects cost less than this as one of the other.
    private static let mostUnlike = CalibratedCost.unmatched
    private static let fewestImages = 3

    /// What lies at another kind's mean deviates by so many of its own kind's 3σ.
    private static let strength: Float = 2

    /// - Parameters:
    ///   - members: the looks of the kinds that lie anywhere; where a thing has its place, the light there would be learnt.
    ///   - cost: what a member costs as one of a kind.
    package init(kindCount: Int, members: [Member], cost: (ComparableObject, _ kind: Int) -> Float) {
        var membersOfKind = [[Member]](repeating: [], count: kindCount)
        for member in members { membersOfKind[member.kind].append(member) }
        func isLike(_ one: Int, _ other: Int) -> Bool {
            let costs = membersOfKind[one].map { cost($0.object, other) }.sorted()
            return costs[costs.count / 2] < Self.mostUnlike
        }
        var sides = [[Side]](repeating: [], count: kindCount)
        var elements: [Float] = []
        var middles: [Float] = []
        let known = membersOfKind.indices.filter { Set(membersOfKind[$0].map(\.image)).count >= Self.fewestImages }
        for (index, one) in known.enumerated() {
            for other in known[(index + 1)...] where isLike(one, other) || isLike(other, one) {
                let pair = (membersOfKind[one], membersOfKind[other])
                guard Self.areApart(pair.0, pair.1), let line = Self.line(pair.0, pair.1) else { continue }
                sides[one].append(Side(line: middles.count, sign: 1))
                sides[other].append(Side(line: middles.count, sign: -1))
                elements += line.direction
                middles.append(line.middle)
            }
        }
        self.sides = sides
        self.middles = middles
        directions = Matrix(
            rowCount: middles.count, columnCount: middles.isEmpty ? 0 : elements.count / middles.count,
            elements: elements)
    }

    /// For each object and kind how far it deviates, in 3σ, because it lies on another kind's side; nil where no kinds are
    /// nearly the same.
    package func deviations(of seen: [ComparableObject]) -> Matrix? {
        guard !middles.isEmpty, !seen.isEmpty else { return nil }
        var elements: [Float] = []
        elements.reserveCapacity(seen.count * directions.columnCount)
        for object in seen { elements += object.descriptor.representation }
        var along = Matrix(repeating: 0, rowCount: seen.count, columnCount: middles.count)
        BLAS.multiply(
            Matrix(rowCount: seen.count, columnCount: directions.columnCount, elements: elements),
            transposed: directions, into: &along)
        var deviations = Matrix(repeating: 0, rowCount: seen.count, columnCount: sides.count)
        for row in seen.indices {
            for (kind, sides) in sides.enumerated() {
                for side in sides {
                    let beyond = -side.sign * (along[row, side.line] - middles[side.line])
                    deviations[row, kind] = max(deviations[row, kind], Self.strength * beyond)
                }
            }
        }
        return deviations
    }

    /// Whether each image's objects lie on their own sides of the line that the other images make.
    private static func areApart(_ one: [Member], _ other: [Member]) -> Bool {
        Set((one + other).map(\.image)).allSatisfy { image in
            guard
                let line = line(one.filter { $0.image != image }, other.filter { $0.image != image })
            else { return false }
            func along(_ member: Member) -> Float {
                zip(line.direction, member.object.descriptor.representation).reduce(-line.middle) {
                    $0 + $1.0 * $1.1
                }
            }
            return one.allSatisfy { $0.image != image || along($0) > 0 }
                && other.allSatisfy { $0.image != image || along($0) < 0 }
        }
    }

    /// Nil where one has no members, or both have the same mean.
    private static func line(_ one: [Member], _ other: [Member]) -> (direction: [Float], middle: Float)? {
        guard let first = mean(of: one), let second = mean(of: other) else { return nil }
        var square: Float = 0
        for (a, b) in zip(first, second) { square += (a - b) * (a - b) }
        guard square > 0 else { return nil }
        let direction = zip(first, second).map { 2 * ($0 - $1) / square }
        var middle: Float = 0
        for (index, value) in direction.enumerated() { middle += value * 0.5 * (first[index] + second[index]) }
        return (direction, middle)
    }

    private static func mean(of members: [Member]) -> [Float]? {
        guard let first = members.first else { return nil }
        var sums = first.object.descriptor.representation
        for member in members.dropFirst() {
            for (channel, value) in member.object.descriptor.representation.enumerated() { sums[channel] += value }
        }
        return sums.map { $0 / Float(members.count) }
    }
}

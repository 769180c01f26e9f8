internal import LinearAlgebra
internal import Matching

/// Things of several images sorted into slots, at most one of each image to a slot, such that a slot's things are alike.
struct LooseSlots {
    /// For each slot and image its thing, or nil.
    let things: [[Int?]]

    /// What the pairs within the slots differ by, and what is left without a slot.
    private let cost: Float

    /// The best of the slots that begin as one image's things.
    ///
    /// - Parameter mostUnlike: things less alike than this share no slot.
    static func best(of unlikeness: ThingUnlikeness, mostUnlike: Float) throws(MatchingError) -> LooseSlots? {
        var best: LooseSlots?
        for reference in unlikeness.images.indices where !unlikeness.images[reference].isEmpty {
            let found = try LooseSlots(of: unlikeness, from: reference, mostUnlike: mostUnlike)
            if best.map({ found.cost < $0.cost }) ?? true { best = found }
        }
        return best
    }

    /// Slots that begin as the things of one image; every image's things are then assigned to them anew until nothing
    /// changes.
    private init(of unlikeness: ThingUnlikeness, from reference: Int, mostUnlike: Float) throws(MatchingError) {
        let images = unlikeness.images
        var slots = images[reference].map { thing in images.indices.map { $0 == reference ? Optional(thing) : nil } }
        var solver = AssignmentSolver()
        for _ in 0..<8 {
            let before = slots
            for image in images.indices where !images[image].isEmpty {
                var costs = Matrix(
                    repeating: 2 * mostUnlike, rowCount: images[image].count, columnCount: slots.count)
                for (column, slot) in slots.enumerated() {
                    let others = slot.indices.filter { $0 != image }.compactMap { slot[$0] }
                    for (row, thing) in images[image].enumerated() {
                        if !others.isEmpty {
                            costs[row, column] = unlikeness.mean(between: [thing], and: others)
                        } else if slot[image] == thing {
                            costs[row, column] = 0
                        }
                    }
                }
                let pairs = try PaddedAssignment(
                    minimising: costs, unmatchedRows: [Float](repeating: mostUnlike / 2, count: costs.rowCount),
                    unmatchedColumns: [Float](repeating: mostUnlike / 2, count: costs.columnCount), with: &solver
                ).assignment.pairs
                for slot in slots.indices { slots[slot][image] = nil }
                for pair in pairs { slots[pair.column][image] = images[image][pair.row] }
            }
            if slots == before { break }
        }
        things = slots
        var cost: Float = 0
        for slot in slots {
            let members = slot.compactMap { $0 }
            for (index, one) in members.enumerated() {
                for other in members[(index + 1)...] { cost += unlikeness.between(one, other) }
            }
        }
        let placed = slots.reduce(0) { $0 + $1.count { $0 != nil } }
        let left = images.reduce(0) { $0 + $1.count } - placed
        self.cost = cost + mostUnlike * Float(left * (images.count - 1))
    }
}

/// Answers which join is the first to hold a whole range of leaves.
///
/// Between two neighbouring leaves stands the join that unites them; of a range of leaves it is the latest of those,
/// looked up in a table of maxima over runs of 1, 2, 4 … (Bender and Farach-Colton, The LCA Problem Revisited, 2000).
struct CommonAncestors {
    /// `runs[k][i]` is the latest join between the leaves `i...i + 2^k`.
    private var runs: [[Int32]]
    private static let none = Int32.max

    init(of forest: MergeForest) {
        var gaps = [Int32](repeating: Self.none, count: max(0, forest.leafCount - 1))
        for (index, join) in forest.joins.enumerated() {
            gaps[forest.leaves[join.second].lowerBound - 1] = Int32(forest.leafCount + index)
        }
        runs = [gaps]
        var length = 1
        while let shorter = runs.last, shorter.count > length {
            runs.append((0..<(shorter.count - length)).map { max(shorter[$0], shorter[$0 + length]) })
            length *= 2
        }
    }

    /// The first node that holds both leaves and all between them; nil if none does. The leaves must differ.
    func node(holding first: Int, _ last: Int) -> Int? {
        let count = last - first
        let power = Int.bitWidth - 1 - count.leadingZeroBitCount
        let latest = max(runs[power][first], runs[power][last - (1 << power)])
        return latest == Self.none ? nil : Int(latest)
    }
}

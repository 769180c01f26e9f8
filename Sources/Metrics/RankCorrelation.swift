/// How well the order of one list of values is that of another (Spearman's ρ): 1 for the same order, -1 for the reverse.
package enum RankCorrelation {
    /// The product-moment correlation of the values' ranks, equal values sharing the mean of theirs.
    ///
    /// - Returns: nil below three pairs, and where all values of a list are equal.
    /// - Precondition: the lists are of one length and hold no NaN.
    package static func of(_ first: [Double], _ second: [Double]) -> Double? {
        precondition(first.count == second.count)
        guard first.count >= 3 else { return nil }
        let (x, y) = (ranks(of: first), ranks(of: second))
        let mean = Double(first.count + 1) / 2
        var (common, spreadX, spreadY) = (0.0, 0.0, 0.0)
        for index in x.indices {
            common += (x[index] - mean) * (y[index] - mean)
            spreadX += (x[index] - mean) * (x[index] - mean)
            spreadY += (y[index] - mean) * (y[index] - mean)
        }
        guard spreadX > 0, spreadY > 0 else { return nil }
        return common / (spreadX * spreadY).squareRoot()
    }

    private static func ranks(of values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
            start = end
        }
        return ranks
    }
}

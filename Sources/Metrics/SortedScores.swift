/// Scores sorted from the highest to the lowest.
///
/// Zeros of both signs are one value. Sorting takes time in proportion to the count: a data set has tens of millions of
/// pixels.
package struct SortedScores: Sendable {
    package let values: [Float]

    /// - Precondition: no value is NaN.
    package init(_ scores: [Float]) {
        // Fewer than this sort faster by comparison.
        guard scores.count > 2048 else {
            values = scores.map { $0 + 0 }.sorted(by: >)
            return
        }
        var keys = scores.map(Self.key)
        var scratch = [UInt32](repeating: 0, count: keys.count)
        for shift: UInt32 in [0, 11, 22] {
            Self.pass(keys, into: &scratch, shift: shift)
            swap(&keys, &scratch)
        }
        values = keys.map(Self.value)
    }

    /// All scores of several lists.
    package init(merging lists: [SortedScores]) {
        var merged: [Float] = []
        for list in lists { merged = merged.isEmpty ? list.values : Self.merge(merged, list.values) }
        values = merged
    }

    private static func merge(_ first: [Float], _ second: [Float]) -> [Float] {
        var merged: [Float] = []
        merged.reserveCapacity(first.count + second.count)
        var left = 0
        var right = 0
        while left < first.count, right < second.count {
            if first[left] >= second[right] {
                merged.append(first[left])
                left += 1
            } else {
                merged.append(second[right])
                right += 1
            }
        }
        merged += first[left...]
        merged += second[right...]
        return merged
    }

    /// One counting pass over eleven bits; equal digits keep their order.
    private static func pass(_ keys: [UInt32], into sorted: inout [UInt32], shift: UInt32) {
        var starts = [Int](repeating: 0, count: 2049)
        for key in keys { starts[Int((key &>> shift) & 2047) + 1] += 1 }
        for digit in 1...2048 { starts[digit] += starts[digit - 1] }
        for key in keys {
            let digit = Int((key &>> shift) & 2047)
            sorted[starts[digit]] = key
            starts[digit] += 1
        }
    }

    /// Whole numbers in the opposite order of the scores.
    private static func key(_ score: Float) -> UInt32 {
        precondition(!score.isNaN)
        let bits = (score + 0).bitPattern
        return bits >> 31 == 0 ? ~(bits | 0x8000_0000) : bits
    }

    private static func value(_ key: UInt32) -> Float {
        let bits = key
        return Float(bitPattern: bits >> 31 == 0 ? ~bits & 0x7FFF_FFFF : bits)
    }
}

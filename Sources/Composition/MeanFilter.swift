package import Inference

extension FeatureGrid {
    /// Every cell replaced by the mean of the `size × size` cells around it; at the border only cells inside count.
    ///
    /// - Parameter size: cells on a side, odd.
    package func meanFiltered(size: Int) -> FeatureGrid {
        precondition(size > 0 && size % 2 == 1)
        guard cellCount > 0, channelCount > 0, size > 1 else { return self }
        let radius = size / 2
        let rowLength = width * channelCount
        var filtered = self
        // The sum of the grid rows above and below one row, value by value.
        var sums = [Float](repeating: 0, count: rowLength)
        unsafe values.withUnsafeBufferPointer { source in
            unsafe filtered.values.withUnsafeMutableBufferPointer { target in
                unsafe sums.withUnsafeMutableBufferPointer { sums in
                    for y in 0..<height {
                        let rows = max(0, y - radius)...min(height - 1, y + radius)
                        unsafe Self.add(
                            source, from: rows.lowerBound * rowLength, step: rowLength, count: rows.count, share: 1,
                            into: sums, at: 0, length: rowLength)
                        for x in 0..<width {
                            let columns = max(0, x - radius)...min(width - 1, x + radius)
                            unsafe Self.add(
                                UnsafeBufferPointer(sums), from: columns.lowerBound * channelCount,
                                step: channelCount, count: columns.count, share: 1 / Float(rows.count * columns.count),
                                into: target, at: y * rowLength + x * channelCount, length: channelCount)
                        }
                    }
                }
            }
        }
        return filtered
    }

    /// Adds `count` stretches of `length` values, `step` apart, and writes `share` of their sum.
    ///
    /// A vector of the sum stays in registers while the stretches go by; the caller's ranges keep all places inside.
    @inline(__always)
    private static func add(
        _ source: UnsafeBufferPointer<Float>, from first: Int, step: Int, count: Int, share: Float,
        into target: UnsafeMutableBufferPointer<Float>, at place: Int, length: Int
    ) {
        typealias Lanes = SIMD16<Float>
        guard let input = source.baseAddress, let output = target.baseAddress else { return }
        var index = 0
        while index + Lanes.scalarCount <= length {
            var sum = Lanes.zero
            for stretch in 0..<count {
                unsafe sum += UnsafeRawPointer(input + first + stretch * step + index).loadUnaligned(as: Lanes.self)
            }
            unsafe UnsafeMutableRawPointer(output + place + index).storeBytes(of: sum * share, as: Lanes.self)
            index += Lanes.scalarCount
        }
        while index < length {
            var sum: Float = 0
            for stretch in 0..<count { unsafe sum += input[first + stretch * step + index] }
            unsafe output[place + index] = sum * share
            index += 1
        }
    }
}

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
                            source, from: rows.lowerBound * rowLength, step: rowLength, count: rows.count, into: sums,
                            length: rowLength)
                        unsafe Self.slide(
                            UnsafeBufferPointer(sums), radius: radius, cellCount: width, channelCount: channelCount,
                            rowCount: rows.count, into: target, at: y * rowLength)
                    }
                }
            }
        }
        return filtered
    }

    /// Writes for each cell of a row the mean of the cells at most `radius` away.
    ///
    /// The sum of a few channels stays in registers as it slides along the row: one cell comes in, one leaves.
    @inline(__always)
    private static func slide(
        _ sums: UnsafeBufferPointer<Float>, radius: Int, cellCount: Int, channelCount: Int, rowCount: Int,
        into target: UnsafeMutableBufferPointer<Float>, at place: Int
    ) {
        typealias Lanes = SIMD16<Float>
        guard let input = sums.baseAddress, let output = target.baseAddress else { return }
        var channel = 0
        while channel < channelCount {
            let isWhole = channel + Lanes.scalarCount <= channelCount
            func cell(_ x: Int) -> Lanes {
                let start = unsafe input + x * channelCount + channel
                if isWhole { return unsafe UnsafeRawPointer(start).loadUnaligned(as: Lanes.self) }
                return unsafe Lanes(repeating: start.pointee)
            }
            var sum = Lanes.zero
            for x in 0..<min(radius, cellCount) { sum += cell(x) }
            for x in 0..<cellCount {
                if x + radius < cellCount { sum += cell(x + radius) }
                if x > radius { sum -= cell(x - radius - 1) }
                let columnCount = min(cellCount - 1, x + radius) - max(0, x - radius) + 1
                let mean = sum * (1 / Float(rowCount * columnCount))
                let end = unsafe output + place + x * channelCount + channel
                if isWhole {
                    unsafe UnsafeMutableRawPointer(end).storeBytes(of: mean, as: Lanes.self)
                } else {
                    unsafe end.pointee = mean[0]
                }
            }
            channel += isWhole ? Lanes.scalarCount : 1
        }
    }

    /// Adds `count` stretches of `length` values, `step` apart.
    ///
    /// A vector of the sum stays in registers while the stretches go by; the caller's ranges keep all places inside.
    @inline(__always)
    private static func add(
        _ source: UnsafeBufferPointer<Float>, from first: Int, step: Int, count: Int,
        into target: UnsafeMutableBufferPointer<Float>, length: Int
    ) {
        typealias Lanes = SIMD16<Float>
        guard let input = source.baseAddress, let output = target.baseAddress else { return }
        var index = 0
        while index + Lanes.scalarCount <= length {
            var sum = Lanes.zero
            for stretch in 0..<count {
                unsafe sum += UnsafeRawPointer(input + first + stretch * step + index).loadUnaligned(as: Lanes.self)
            }
            unsafe UnsafeMutableRawPointer(output + index).storeBytes(of: sum, as: Lanes.self)
            index += Lanes.scalarCount
        }
        while index < length {
            var sum: Float = 0
            for stretch in 0..<count { unsafe sum += input[first + stretch * step + index] }
            unsafe output[index] = sum
            index += 1
        }
    }
}

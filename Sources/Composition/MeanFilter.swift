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
                    // All indices are cells inside the grid: the ranges below are clamped to it.
                    for y in 0..<height {
                        let rows = max(0, y - radius)...min(height - 1, y + radius)
                        unsafe Self.copy(source, rows.lowerBound * rowLength, to: sums, 0, count: rowLength)
                        for row in rows.dropFirst() {
                            unsafe Self.add(source, row * rowLength, to: sums, 0, count: rowLength)
                        }
                        let lent = UnsafeBufferPointer(sums)
                        for x in 0..<width {
                            let columns = max(0, x - radius)...min(width - 1, x + radius)
                            let place = y * rowLength + x * channelCount
                            unsafe Self.copy(
                                lent, columns.lowerBound * channelCount, to: target, place, count: channelCount)
                            for column in columns.dropFirst() {
                                unsafe Self.add(lent, column * channelCount, to: target, place, count: channelCount)
                            }
                            let share = 1 / Float(rows.count * columns.count)
                            for channel in place..<place + channelCount { unsafe target[channel] *= share }
                        }
                    }
                }
            }
        }
        return filtered
    }

    @inline(__always)
    private static func copy(
        _ source: UnsafeBufferPointer<Float>, _ from: Int, to target: UnsafeMutableBufferPointer<Float>, _ to: Int,
        count: Int
    ) {
        for index in 0..<count { unsafe target[to + index] = source[from + index] }
    }

    @inline(__always)
    private static func add(
        _ source: UnsafeBufferPointer<Float>, _ from: Int, to target: UnsafeMutableBufferPointer<Float>, _ to: Int,
        count: Int
    ) {
        for index in 0..<count { unsafe target[to + index] += source[from + index] }
    }
}

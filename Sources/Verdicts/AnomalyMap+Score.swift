extension AnomalyMap {
    /// The mean of the largest values of the map.
    ///
    /// Finds the range of values the last of them falls into by counting, and sorts only that range.
    /// - Parameter fraction: 0...1; the number of pixels is rounded up and is at least one.
    package func topMean(fraction: Double) -> Float {
        let wanted = min(values.count, max(1, Int((fraction * Double(values.count)).rounded(.up))))
        var least = Float.infinity
        var greatest = -Float.infinity
        for value in values {
            least = value < least ? value : least
            greatest = value > greatest ? value : greatest
        }
        let span = greatest - least
        guard span.isFinite, span > 0 else { return values.contains(where: \.isNaN) ? .nan : greatest }

        let binCount = 4096
        let scale = Float(binCount - 1) / span
        func bin(_ value: Float) -> Int { Int((value - least) * scale) }
        guard scale.isFinite else { return greatest }
        var counts = [Int](repeating: 0, count: binCount)
        for value in values {
            guard !value.isNaN else { return .nan }
            counts[min(bin(value), binCount - 1)] += 1
        }
        var border = binCount - 1
        var above = 0
        while above + counts[border] < wanted {
            above += counts[border]
            border -= 1
        }
        var sum = 0.0
        var atBorder: [Float] = []
        atBorder.reserveCapacity(counts[border])
        // Bins rise with their values, so one comparison with the bin's lower end skips nearly every pixel.
        let lowerEnd = least + (Float(border) - 1) / scale
        for value in values where value >= lowerEnd {
            let place = min(bin(value), binCount - 1)
            if place > border {
                sum += Double(value)
            } else if place == border {
                atBorder.append(value)
            }
        }
        atBorder.sort(by: >)
        for value in atBorder.prefix(wanted - above) { sum += Double(value) }
        return Float(sum / Double(wanted))
    }
}

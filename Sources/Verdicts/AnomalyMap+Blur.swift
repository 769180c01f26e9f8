internal import Imaging
internal import RealModule

extension AnomalyMap {
    /// Smooths the map by a Gaussian cut off at `round(4σ)` pixels; beyond the border the map is mirrored about its edge
    /// (`c b a | a b c`).
    ///
    /// - Parameter sigma: pixels; zero leaves the map as it is.
    package mutating func blur(sigma: Float) {
        guard sigma > 0 else { return }
        let weights = Self.gaussian(sigma: sigma)
        let radius = weights.count - 1
        let width = size.width
        let height = size.height
        // For each step away from a line: where the lines before and after it start.
        var before = [Int](repeating: 0, count: radius + 1)
        var after = before
        var smoothed = [Float](repeating: 0, count: values.count)
        for y in 0..<height {
            for step in 0...radius {
                before[step] = Self.mirrored(y - step, count: height) * width
                after[step] = Self.mirrored(y + step, count: height) * width
            }
            Self.weigh(values, before, after, weights, into: &smoothed, at: y * width, length: width)
        }
        // Along the rows the mirrored ends are written out, so that steps are shifts of one padded row.
        var padded = [Float](repeating: 0, count: width + 2 * radius)
        for step in 0...radius {
            before[step] = radius - step
            after[step] = radius + step
        }
        for y in 0..<height {
            let start = y * width
            for x in 0..<width { padded[radius + x] = smoothed[start + x] }
            for step in 0..<radius {
                padded[radius - 1 - step] = smoothed[start + Self.mirrored(-1 - step, count: width)]
                padded[radius + width + step] = smoothed[start + Self.mirrored(width + step, count: width)]
            }
            Self.weigh(padded, before, after, weights, into: &values, at: start, length: width)
        }
    }

    /// The weight of the centre and of each step away from it; with the mirrored half they add up to 1.
    private static func gaussian(sigma: Float) -> [Float] {
        let sigma = Double(sigma)
        let radius = Int((4 * sigma).rounded())
        let raw = (0...radius).map { Double.exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
        let total = 2 * raw.reduce(0, +) - raw[0]
        return raw.map { Float($0 / total) }
    }

    /// The place inside `0..<count` that half-sample reflection gives, also where the reach exceeds the map.
    private static func mirrored(_ place: Int, count: Int) -> Int {
        if place >= 0, place < count { return place }
        let period = 2 * count
        let inPeriod = (place % period + period) % period
        return inPeriod < count ? inPeriod : period - 1 - inPeriod
    }

    /// Writes `w₀ a₀ + Σ wₛ (bₛ + aₛ)` for `length` places, where `bₛ` and `aₛ` run from the starts given for step s.
    ///
    /// Two places equally far from the centre share their weight, and a vector of the sum stays in registers.
    private static func weigh(
        _ source: [Float], _ before: [Int], _ after: [Int], _ weights: [Float], into target: inout [Float],
        at place: Int, length: Int
    ) {
        typealias Lanes = SIMD16<Float>
        unsafe source.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { target in
                guard let input = source.baseAddress, let output = target.baseAddress else { return }
                // Every start has `length` values after it: whole rows of the map, or shifts within the padded row.
                var index = 0
                while index + Lanes.scalarCount <= length {
                    let centre = unsafe UnsafeRawPointer(input + after[0] + index).loadUnaligned(as: Lanes.self)
                    var sum = centre * weights[0]
                    for step in 1..<max(1, weights.count) {
                        let first = unsafe UnsafeRawPointer(input + before[step] + index)
                        let second = unsafe UnsafeRawPointer(input + after[step] + index)
                        let both = unsafe first.loadUnaligned(as: Lanes.self) + second.loadUnaligned(as: Lanes.self)
                        sum += both * weights[step]
                    }
                    unsafe UnsafeMutableRawPointer(output + place + index).storeBytes(of: sum, as: Lanes.self)
                    index += Lanes.scalarCount
                }
                while index < length {
                    var sum = unsafe input[after[0] + index] * weights[0]
                    for step in 1..<max(1, weights.count) {
                        unsafe sum += (input[before[step] + index] + input[after[step] + index]) * weights[step]
                    }
                    unsafe output[place + index] = sum
                    index += 1
                }
            }
        }
    }
}

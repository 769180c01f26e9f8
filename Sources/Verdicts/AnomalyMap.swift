package import Imaging
internal import RealModule

/// How unusual every pixel of an image is: structural distances, with the costs of objects added where they lie.
package struct AnomalyMap: Equatable, Sendable {
    package let size: PixelSize

    /// `size.pixelCount` values, row by row.
    package private(set) var values: [Float]

    /// A map of zeros.
    package init(size: PixelSize) {
        precondition(size.width > 0 && size.height > 0)
        self.size = size
        values = [Float](repeating: 0, count: size.pixelCount)
    }

    /// Enlarges a grid of values to an image: bilinear, pixel centres at halves, clamped at the edges.
    ///
    /// - Parameter grid: `gridHeight * gridWidth` values, row by row.
    package init(upsampling grid: [Float], gridHeight: Int, gridWidth: Int, to size: PixelSize) {
        precondition(gridHeight > 0 && gridWidth > 0 && grid.count == gridHeight * gridWidth)
        self.init(size: size)
        let rows = Self.samples(of: gridHeight, count: size.height)
        let columns = Self.samples(of: gridWidth, count: size.width)
        // Each grid row is widened once and blended into all the image rows between it and the next.
        var upper = [Float](repeating: 0, count: size.width)
        var lower = upper
        var widened = (upper: -1, lower: -1)
        func widen(_ row: Int, into target: inout [Float]) {
            for (x, sample) in columns.enumerated() {
                let first = grid[row * gridWidth + sample.first]
                target[x] = first + sample.share * (grid[row * gridWidth + sample.second] - first)
            }
        }
        for (y, sample) in rows.enumerated() {
            if widened.upper != sample.first {
                widen(sample.first, into: &upper)
                widened.upper = sample.first
            }
            if widened.lower != sample.second {
                widen(sample.second, into: &lower)
                widened.lower = sample.second
            }
            let start = y * size.width
            for x in 0..<size.width {
                values[start + x] = upper[x] + sample.share * (lower[x] - upper[x])
            }
        }
    }

    /// Adds a cost to every pixel of a mask.
    ///
    /// - Precondition: the mask lies on a grid of the map's size.
    package mutating func add(_ cost: Float, on mask: Mask) {
        precondition(mask.grid == size)
        let box = mask.box
        for y in 0..<max(0, box.height) {
            let source = y * box.width
            let target = (box.y + y) * size.width + box.x
            for x in 0..<box.width where mask.bits[source + x] != 0 { values[target + x] += cost }
        }
    }

    package var maximum: Float { values.max() ?? 0 }

    /// Where a sample between two neighbours lies and how much of the second it takes.
    private struct Sample {
        let first: Int
        let second: Int
        let share: Float
    }

    private static func samples(of sourceCount: Int, count: Int) -> [Sample] {
        let scale = Double(sourceCount) / Double(count)
        return (0..<count).map { index in
            let place = min(max((Double(index) + 0.5) * scale - 0.5, 0), Double(sourceCount - 1))
            let first = Int(place)
            return Sample(
                first: first, second: min(first + 1, sourceCount - 1), share: Float(place - Double(first)))
        }
    }
}

extension AnomalyMap {
    /// Smooths the map by a Gaussian cut off at `round(4σ)` pixels; beyond the border the map is mirrored about its edge
    /// (`c b a | a b c`).
    ///
    /// - Parameter sigma: pixels; zero leaves the map as it is.
    package mutating func blur(sigma: Float) {
        guard sigma > 0 else { return }
        let weights = Self.gaussian(sigma: sigma)
        let radius = weights.count - 1
        var smoothed = [Float](repeating: 0, count: values.count)
        unsafe values.withUnsafeMutableBufferPointer { map in
            unsafe smoothed.withUnsafeMutableBufferPointer { smoothed in
                let width = size.width
                // Down the columns, a row at a time: a pair of rows equally far above and below shares its weight.
                for y in 0..<size.height {
                    let target = unsafe smoothed.baseAddress.unsafelyUnwrapped + y * width
                    let source = unsafe map.baseAddress.unsafelyUnwrapped
                    unsafe Self.scale(source + y * width, by: weights[0], into: target, count: width)
                    for step in 1..<max(1, weights.count) {
                        let above = Self.mirrored(y - step, count: size.height) * width
                        let below = Self.mirrored(y + step, count: size.height) * width
                        unsafe Self.addPair(
                            source + above, source + below, weight: weights[step], to: target, count: width)
                    }
                }
                // Along the rows, each with its mirrored ends in front and behind.
                var padded = [Float](repeating: 0, count: width + 2 * radius)
                unsafe padded.withUnsafeMutableBufferPointer { padded in
                    let centre = unsafe padded.baseAddress.unsafelyUnwrapped + radius
                    for y in 0..<size.height {
                        let source = unsafe smoothed.baseAddress.unsafelyUnwrapped + y * width
                        let target = unsafe map.baseAddress.unsafelyUnwrapped + y * width
                        unsafe centre.update(from: source, count: width)
                        for step in 0..<radius {
                            unsafe centre[-1 - step] = source[Self.mirrored(-1 - step, count: width)]
                            unsafe centre[width + step] = source[Self.mirrored(width + step, count: width)]
                        }
                        unsafe Self.scale(centre, by: weights[0], into: target, count: width)
                        for step in 1..<max(1, weights.count) {
                            unsafe Self.addPair(
                                centre - step, centre + step, weight: weights[step], to: target, count: width)
                        }
                    }
                }
            }
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

    // `count` values lie at each pointer below: whole rows of the map, or of the padded row.

    @inline(__always)
    private static func scale(
        _ source: UnsafePointer<Float>, by weight: Float, into target: UnsafeMutablePointer<Float>, count: Int
    ) {
        for x in 0..<count { unsafe target[x] = weight * source[x] }
    }

    @inline(__always)
    private static func addPair(
        _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, weight: Float,
        to target: UnsafeMutablePointer<Float>, count: Int
    ) {
        for x in 0..<count { unsafe target[x] = Relaxed.multiplyAdd(weight, first[x] + second[x], target[x]) }
    }
}

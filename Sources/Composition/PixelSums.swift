internal import RealModule

/// Count, moments of position and of colour of some pixels; sums of parts add up to those of the whole.
struct PixelSums {
    /// The count, the first and second moments of position, the first and second of colour; four lanes are unused.
    private var lanes = SIMD16<Double>()

    /// With w = x + iy, in pixels: w³, w²w̄, w⁴; two lanes are unused.
    private var outline = SIMD8<Double>()

    var count: Float { Float(lanes[0]) }

    mutating func add(x: Double, y: Double, _ lightness: Float, _ greenRed: Float, _ blueYellow: Float) {
        let colour = SIMD4<Double>(Double(lightness), Double(greenRed), Double(blueYellow), 0)
        let place = SIMD8<Double>(1, x, y, x * x, y * y, x * y, 0, 0)
        lanes += SIMD16(lowHalf: place, highHalf: SIMD8(lowHalf: colour, highHalf: colour * colour))
        let w = SIMD2(x, y)
        let second = w.times(w)
        let thirds = SIMD4(lowHalf: second.times(w), highHalf: (x * x + y * y) * w)
        outline += SIMD8(lowHalf: thirds, highHalf: SIMD4(lowHalf: second.times(second), highHalf: .zero))
    }

    mutating func add(_ other: PixelSums) {
        lanes += other.lanes
        outline += other.outline
    }

    func descriptor(
        representation: [Float], scale: Float, pixelCount: Float, objectness: Float
    ) -> ObjectDescriptor {
        let count = max(lanes[0], 1)
        let meanX = lanes[1] / count
        let meanY = lanes[2] / count
        // A pixel is a square, not a point: its own second moment is 1/12.
        let xx = lanes[3] / count - meanX * meanX + 1.0 / 12
        let yy = lanes[4] / count - meanY * meanY + 1.0 / 12
        let xy = lanes[5] / count - meanX * meanY
        let half = (xx + yy) / 2
        let spread = ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot()
        var angle = Float.atan2(y: Float(2 * xy), x: Float(xx - yy)) / 2
        if angle < 0 { angle += .pi }
        let means = (0..<3).map { lanes[8 + $0] / count }
        let deviations = (0..<3).map { max(0, lanes[12 + $0] / count - means[$0] * means[$0]).squareRoot() }
        return ObjectDescriptor(
            representation: representation, colour: (means + deviations).map { Float($0) },
            area: Float(lanes[0]) / pixelCount, centreX: (Float(meanX) + 0.5) * scale,
            centreY: (Float(meanY) + 0.5) * scale, majorAxis: Float((half + spread).squareRoot()) * scale,
            minorAxis: Float(max(0, half - spread).squareRoot()) * scale, orientation: angle,
            outline: outlineMoments(scale: Double(scale)), objectness: objectness)
    }

    /// About the centre.
    private func outlineMoments(scale: Double) -> OutlineMoments {
        let share = 1 / max(lanes[0], 1)
        let centre = share * SIMD2(lanes[1], lanes[2])
        let square = share * SIMD2(lanes[3] - lanes[4], 2 * lanes[5])
        let spread = share * (lanes[3] + lanes[4])
        func raw(_ lane: Int) -> SIMD2<Double> { share * SIMD2(outline[lane], outline[lane + 1]) }
        let shift = ComplexPowers(-centre)
        let moments = [SIMD2<Double>(1, 0), centre, square, raw(0), raw(4)]
        let length = (centre * centre).sum()
        let mixed =
            raw(2) - 2 * spread * centre - square.times(SIMD2(centre.x, -centre.y)) + 2 * length * centre
        func scaled(_ value: SIMD2<Double>, _ degree: Int) -> SIMD2<Float> {
            var value = value
            for _ in 0..<degree { value *= scale }
            return SIMD2<Float>(value)
        }
        var result = OutlineMoments()
        result.third = scaled(shift.mean(3, of: moments), 3)
        result.mixedThird = scaled(mixed, 3)
        result.fourth = scaled(shift.mean(4, of: moments), 4)
        return result
    }
}

/// Brings pictures of one size to another, a row at a time: first down the columns, then along the rows.
struct Resampler {
    private let columns: ResampleAxis
    private let rows: ResampleAxis

    init(from source: PixelSize, to target: PixelSize) {
        columns = ResampleAxis(from: source.width, to: target.width)
        rows = ResampleAxis(from: source.height, to: target.height)
    }

    /// Calls `body` with each target row, top first: its index and `3 * target width` values from 0 to 255.
    func forEachRow(of pixels: Span<UInt8>, _ body: (_ y: Int, _ row: Span<Float>) -> Void) {
        let sourceLength = columns.sourceCount * 3
        precondition(pixels.count == sourceLength * rows.sourceCount)
        var blended = [Float](repeating: 0, count: sourceLength)
        var resampled = [Float](repeating: 0, count: columns.isIdentity ? 0 : columns.targetCount * 3)
        for y in 0..<rows.targetCount {
            var isFirst = true
            for tap in 0..<rows.tapCount {
                let weight = rows.weights[y * rows.tapCount + tap]
                guard weight > 0 else { continue }
                let start = (rows.starts[y] + tap) * sourceLength
                let source = pixels.extracting(start..<start + sourceLength)
                if isFirst {
                    for x in 0..<sourceLength { blended[x] = weight * Float(source[x]) }
                } else {
                    for x in 0..<sourceLength { blended[x] += weight * Float(source[x]) }
                }
                isFirst = false
            }
            if columns.isIdentity {
                body(y, blended.span)
            } else {
                resampleColumns(of: blended.span, into: &resampled)
                body(y, resampled.span)
            }
        }
    }

    private func resampleColumns(of source: Span<Float>, into target: inout [Float]) {
        let tapCount = columns.tapCount
        for x in 0..<columns.targetCount {
            let start = columns.starts[x] * 3
            var red: Float = 0
            var green: Float = 0
            var blue: Float = 0
            for tap in 0..<tapCount {
                let weight = columns.weights[x &* tapCount &+ tap]
                let sample = start &+ 3 &* tap
                red += weight * source[sample]
                green += weight * source[sample &+ 1]
                blue += weight * source[sample &+ 2]
            }
            target[3 &* x] = red
            target[3 &* x &+ 1] = green
            target[3 &* x &+ 2] = blue
        }
    }
}

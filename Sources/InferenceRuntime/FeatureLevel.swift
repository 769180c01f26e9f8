internal import Imaging
internal import Inference
internal import RealModule

/// One level of features, every cell divided by its length.
struct FeatureLevel {
    let size: PixelSize
    let channelCount: Int

    /// Ordered y, x, channel.
    private(set) var values: [Float]

    /// Cells that are turned round together: their part of both orders stays in the first cache.
    private static let block = 16

    /// - Parameters:
    ///   - planes: the network's output, a plane a channel.
    ///   - cells: those that the picture covers; the others are left out.
    ///   - name: only for messages.
    /// - Throws: `notFinite`.
    init(
        normalising planes: Span<Float>, cells: CoveredCells, channelCount: Int, name: String
    ) throws(InferenceError) {
        precondition(planes.count == cells.plane.pixelCount * channelCount)
        size = cells.size
        self.channelCount = channelCount
        values = [Float](repeating: 0, count: size.pixelCount * channelCount)

        var factors = [Float](repeating: 0, count: size.pixelCount)
        try Self.inverseLengths(of: planes, cells: cells, channelCount: channelCount, into: &factors, name: name)
        var output = values.mutableSpan
        let scale = factors.span
        let planeCount = cells.plane.pixelCount
        for run in 0..<cells.runCount {
            let from = cells.start(of: run)
            let to = run &* cells.runLength
            for first in stride(from: 0, to: cells.runLength, by: Self.block) {
                let end = min(first + Self.block, cells.runLength)
                for channel in 0..<channelCount {
                    let plane = channel &* planeCount &+ from
                    for cell in first..<end {
                        output[(to &+ cell) &* channelCount &+ channel] = planes[plane &+ cell] * scale[to &+ cell]
                    }
                }
            }
        }
    }

    /// 1 / length of every cell's vector; a cell of zeros keeps its zeros.
    private static func inverseLengths(
        of planes: Span<Float>, cells: CoveredCells, channelCount: Int, into factors: inout [Float], name: String
    ) throws(InferenceError) {
        var sums = factors.mutableSpan
        let planeCount = cells.plane.pixelCount
        for channel in 0..<channelCount {
            for run in 0..<cells.runCount {
                let from = channel &* planeCount &+ cells.start(of: run)
                let to = run &* cells.runLength
                for cell in 0..<cells.runLength {
                    let value = planes[from &+ cell]
                    sums[to &+ cell] = Relaxed.multiplyAdd(value, value, sums[to &+ cell])
                }
            }
        }
        // One value that is not finite makes its cell's sum so, and that makes the total so.
        var total: Float = 0
        for cell in 0..<cells.size.pixelCount {
            total += sums[cell]
            sums[cell] = 1 / max(sums[cell].squareRoot(), 1e-12)
        }
        guard total.isFinite else { throw .notFinite(output: name) }
    }
}

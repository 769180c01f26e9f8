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
    ///   - name: only for messages.
    /// - Throws: `notFinite`.
    init(normalising planes: Span<Float>, size: PixelSize, channelCount: Int, name: String) throws(InferenceError) {
        let cellCount = size.pixelCount
        precondition(planes.count == cellCount * channelCount)
        self.size = size
        self.channelCount = channelCount
        values = [Float](repeating: 0, count: cellCount * channelCount)

        var factors = [Float](repeating: 0, count: cellCount)
        try Self.inverseLengths(of: planes, channelCount: channelCount, into: &factors, name: name)
        var output = values.mutableSpan
        let scale = factors.span
        for first in stride(from: 0, to: cellCount, by: Self.block) {
            let end = min(first + Self.block, cellCount)
            for channel in 0..<channelCount {
                let plane = channel &* cellCount
                for cell in first..<end {
                    output[cell &* channelCount &+ channel] = planes[plane &+ cell] * scale[cell]
                }
            }
        }
    }

    /// 1 / length of every cell's vector; a cell of zeros keeps its zeros.
    private static func inverseLengths(
        of planes: Span<Float>, channelCount: Int, into factors: inout [Float], name: String
    ) throws(InferenceError) {
        let cellCount = factors.count
        var sums = factors.mutableSpan
        for channel in 0..<channelCount {
            let plane = channel &* cellCount
            for cell in 0..<cellCount {
                sums[cell] = Relaxed.multiplyAdd(planes[plane &+ cell], planes[plane &+ cell], sums[cell])
            }
        }
        // One value that is not finite makes its cell's sum so, and that makes the total so.
        var total: Float = 0
        for cell in 0..<cellCount {
            total += sums[cell]
            sums[cell] = 1 / max(sums[cell].squareRoot(), 1e-12)
        }
        guard total.isFinite else { throw .notFinite(output: name) }
    }
}

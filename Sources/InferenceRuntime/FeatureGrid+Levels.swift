internal import Imaging
internal import Inference
internal import RealModule

extension FeatureGrid {
    /// The levels side by side on the grid of the first, which is the finest; coarser ones are interpolated linearly
    /// with the centres of cells aligned, and held constant beyond the outermost centres.
    init(joining levels: [FeatureLevel]) {
        precondition(!levels.isEmpty)
        let size = levels[0].size
        let channelCount = levels.reduce(0) { $0 + $1.channelCount }
        var values = [Float](repeating: 0, count: size.pixelCount * channelCount)
        var offset = 0
        for level in levels {
            var output = values.mutableSpan
            if level.size == size {
                Self.place(level, into: &output, offset: offset, channelCount: channelCount)
            } else {
                Self.enlarge(level, to: size, into: &output, offset: offset, channelCount: channelCount)
            }
            offset += level.channelCount
        }
        self.init(height: size.height, width: size.width, channelCount: channelCount, values: values)
    }

    private static func place(
        _ level: FeatureLevel, into output: inout MutableSpan<Float>, offset: Int, channelCount: Int
    ) {
        let source = level.values.span
        let count = level.channelCount
        for cell in 0..<level.size.pixelCount {
            let from = cell &* count
            let to = cell &* channelCount &+ offset
            for channel in 0..<count { output[to &+ channel] = source[from &+ channel] }
        }
    }

    private static func enlarge(
        _ level: FeatureLevel, to size: PixelSize, into output: inout MutableSpan<Float>, offset: Int,
        channelCount: Int
    ) {
        let source = level.values.span
        let count = level.channelCount
        let columns = (0..<size.width).map { LinearTap($0, from: level.size.width, to: size.width) }
        for y in 0..<size.height {
            let row = LinearTap(y, from: level.size.height, to: size.height)
            let upper = row.lower &* level.size.width
            let lower = row.upper &* level.size.width
            for x in 0..<size.width {
                let column = columns[x]
                let topLeft = (upper &+ column.lower) &* count
                let topRight = (upper &+ column.upper) &* count
                let bottomLeft = (lower &+ column.lower) &* count
                let bottomRight = (lower &+ column.upper) &* count
                let a = (1 - row.fraction) * (1 - column.fraction)
                let b = (1 - row.fraction) * column.fraction
                let c = row.fraction * (1 - column.fraction)
                let d = row.fraction * column.fraction
                let to = (y &* size.width &+ x) &* channelCount &+ offset
                for channel in 0..<count {
                    let top = Relaxed.multiplyAdd(b, source[topRight &+ channel], a * source[topLeft &+ channel])
                    let bottom = Relaxed.multiplyAdd(
                        d, source[bottomRight &+ channel], c * source[bottomLeft &+ channel])
                    output[to &+ channel] = top + bottom
                }
            }
        }
    }
}

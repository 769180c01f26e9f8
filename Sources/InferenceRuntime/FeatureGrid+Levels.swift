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

    /// Row by row: first between two rows of the level, then between two cells of what came out.
    private static func enlarge(
        _ level: FeatureLevel, to size: PixelSize, into output: inout MutableSpan<Float>, offset: Int,
        channelCount: Int
    ) {
        let source = level.values.span
        let count = level.channelCount
        let rowLength = level.size.width * count
        let columns = (0..<size.width).map { LinearTap($0, from: level.size.width, to: size.width) }
        var between = [Float](repeating: 0, count: rowLength)
        for y in 0..<size.height {
            let row = LinearTap(y, from: level.size.height, to: size.height)
            var line = between.mutableSpan
            mix(
                source.extracting(row.lower * rowLength..<(row.lower + 1) * rowLength),
                source.extracting(row.upper * rowLength..<(row.upper + 1) * rowLength), share: row.fraction,
                into: &line, at: 0)
            let cells = between.span
            for x in 0..<size.width {
                let column = columns[x]
                mix(
                    cells.extracting(column.lower * count..<(column.lower + 1) * count),
                    cells.extracting(column.upper * count..<(column.upper + 1) * count), share: column.fraction,
                    into: &output, at: (y * size.width + x) * channelCount + offset)
            }
        }
    }

    @inline(__always)
    private static func mix(
        _ first: Span<Float>, _ second: Span<Float>, share: Float, into target: inout MutableSpan<Float>, at place: Int
    ) {
        let rest = 1 - share
        for index in 0..<first.count {
            target[place &+ index] = Relaxed.multiplyAdd(share, second[index], rest * first[index])
        }
    }
}

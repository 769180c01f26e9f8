extension Image {
    /// This picture turned.
    package func turned(_ orientation: Orientation) -> Image {
        var turned = Image(blank: orientation.size(of: size))
        turn(orientation, into: &turned)
        return turned
    }

    /// Writes this picture turned to `target`, whose memory is reused if the size stays.
    package func turn(_ orientation: Orientation, into target: inout Image) {
        let size = orientation.size(of: size)
        if target.size != size { target = Image(blank: size) }
        let steps = Steps(orientation, over: self)
        var output = target.pixels.mutableSpan
        let input = pixels.span
        precondition(output.count == input.count && input.count == 3 * size.pixelCount)
        // Tiles, so that the rows that a column is taken from stay in the cache until their neighbours are taken.
        let tile = orientation.isSideways ? 32 : size.width
        for top in stride(from: 0, to: size.height, by: 32) {
            for left in stride(from: 0, to: size.width, by: tile) {
                let right = min(left + tile, size.width)
                for y in top..<min(top + 32, size.height) {
                    var from = steps.start + y * steps.down + left * steps.across
                    var to = (y * size.width + left) * 3
                    for _ in left..<right {
                        // unsafe: each place of the target stands for one of the source, as many as both have
                        unsafe output[unchecked: to] = input[unchecked: from]
                        unsafe output[unchecked: to &+ 1] = input[unchecked: from &+ 1]
                        unsafe output[unchecked: to &+ 2] = input[unchecked: from &+ 2]
                        from &+= steps.across
                        to &+= 3
                    }
                }
            }
        }
    }

    /// Where in the source, in bytes, the target's first pixel, the next in its row, and the next below come from.
    private struct Steps {
        var start: Int
        var across: Int
        var down: Int

        init(_ orientation: Orientation, over source: Image) {
            let row = source.width * 3
            let lastColumn = (source.width - 1) * 3
            let lastRow = (source.height - 1) * row
            switch orientation.rotation {
            case .none: (start, across, down) = (0, 3, row)
            case .right: (start, across, down) = (lastRow, -row, 3)
            case .half: (start, across, down) = (lastRow + lastColumn, -3, -row)
            case .left: (start, across, down) = (lastColumn, row, -3)
            }
            let size = orientation.size(of: source.size)
            switch orientation.flip {
            case .none: break
            case .horizontal:
                start += (size.width - 1) * across
                across = -across
            case .vertical:
                start += (size.height - 1) * down
                down = -down
            }
        }
    }
}

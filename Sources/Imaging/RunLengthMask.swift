/// A mask as COCO writes it uncompressed: the lengths of alternating runs of unset and set pixels, column by column.
///
/// Any content can be decoded into it; `Mask(runLength:)` checks it.
package struct RunLengthMask: Equatable, Sendable, Codable {
    /// Height, then width.
    package var size: [Int]

    /// Unset first: 0 if the first pixel is set.
    package var counts: [Int]

    package init(size: [Int], counts: [Int]) {
        self.size = size
        self.counts = counts
    }

    package init(_ mask: Mask) {
        let grid = mask.grid
        let box = mask.box
        size = [grid.height, grid.width]
        var counts: [Int] = []
        var isSet = false
        var runStart = 0
        for x in 0..<box.width {
            // Between two columns of the box lie unset pixels, unless the box is as high as the grid.
            var position = (box.x + x) * grid.height + box.y
            if isSet, box.height < grid.height {
                let columnEnd = position - grid.height + box.height
                counts.append(columnEnd - runStart)
                runStart = columnEnd
                isSet = false
            }
            var index = x
            for _ in 0..<box.height {
                if (mask.bits[index] != 0) != isSet {
                    counts.append(position - runStart)
                    runStart = position
                    isSet.toggle()
                }
                position += 1
                index += box.width
            }
        }
        if isSet {
            let columnEnd = (box.maxX - 1) * grid.height + box.maxY
            counts.append(columnEnd - runStart)
            runStart = columnEnd
        }
        if runStart < grid.pixelCount || counts.isEmpty { counts.append(grid.pixelCount - runStart) }
        self.counts = counts
    }
}

extension Mask {
    /// Errors: `runLengthSizeMalformed`, `sizeRefused`, `runLengthNegative`, `runLengthSumWrong`.
    package init(runLength: RunLengthMask) throws(ImagingError) {
        guard runLength.size.count == 2 else {
            throw .runLengthSizeMalformed(numberCount: runLength.size.count)
        }
        let grid = try PixelSize(width: runLength.size[1], height: runLength.size[0]).checked()
        var sum = 0
        for (index, count) in runLength.counts.enumerated() {
            guard count >= 0 else { throw .runLengthNegative(index: index, value: count) }
            let (next, overflow) = sum.addingReportingOverflow(count)
            guard !overflow, next <= grid.pixelCount else {
                throw .runLengthSumWrong(found: overflow ? Int.max : next, expected: grid.pixelCount)
            }
            sum = next
        }
        guard sum == grid.pixelCount else { throw .runLengthSumWrong(found: sum, expected: grid.pixelCount) }

        let box = Self.box(ofRuns: runLength.counts, on: grid)
        var bits = [UInt8](repeating: 0, count: box.area)
        Self.forEachPiece(ofRuns: runLength.counts, height: grid.height) { x, rows in
            var index = (rows.lowerBound - box.y) * box.width + x - box.x
            for _ in rows {
                bits[index] = 1
                index += box.width
            }
        }
        self.init(grid: grid, box: box, bits: bits)
    }

    private static func box(ofRuns counts: [Int], on grid: PixelSize) -> PixelBox {
        var left = grid.width
        var right = 0
        var top = grid.height
        var bottom = 0
        forEachPiece(ofRuns: counts, height: grid.height) { x, rows in
            left = min(left, x)
            right = max(right, x + 1)
            top = min(top, rows.lowerBound)
            bottom = max(bottom, rows.upperBound)
        }
        if right == 0 { return PixelBox(x: 0, y: 0, width: 0, height: 0) }
        return PixelBox(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// Calls `body` with each column's part of each set run.
    private static func forEachPiece(ofRuns counts: [Int], height: Int, _ body: (_ x: Int, _ rows: Range<Int>) -> Void)
    {
        var position = 0
        for (index, count) in counts.enumerated() {
            let end = position + count
            if !index.isMultiple(of: 2) {
                while position < end {
                    let x = position / height
                    let pieceEnd = min(end, (x + 1) * height)
                    body(x, position - x * height..<pieceEnd - x * height)
                    position = pieceEnd
                }
            }
            position = end
        }
    }
}

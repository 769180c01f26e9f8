/// Red, green and blue for every pixel of a colour filter array.
///
/// H. S. Malvar, L. He, R. Cutler, "High-quality linear interpolation for demosaicing of Bayer-patterned color images",
/// ICASSP 2004, figure 2; each value is the exact one rounded to the nearest, halves upwards. Beyond its edges the picture
/// is mirrored at the outermost row and column, which keeps the colours in step.
extension PairBlock {
    /// One row of a filter.
    struct FilterRow {
        /// The row begins with green.
        let isGreenFirst: Bool

        /// The row's other colour is red, not blue.
        let isRed: Bool

        /// - Parameter format: one of a colour filter array.
        init(_ y: Int, of format: PixelFormat) {
            let isEven = y.isMultiple(of: 2)
            switch format {
            case .rggb8: (isGreenFirst, isRed) = (!isEven, isEven)
            case .bggr8: (isGreenFirst, isRed) = (!isEven, !isEven)
            case .grbg8: (isGreenFirst, isRed) = (isEven, isEven)
            default: (isGreenFirst, isRed) = (isEven, !isEven)
            }
        }
    }

    /// The place that stands for one beyond the edge.
    static func mirrored(_ place: Int, in count: Int) -> Int {
        guard count > 1 else { return 0 }
        let folded = place < 0 ? -place : place < count ? place : 2 * (count - 1) - place
        return min(max(folded, (place & 1) % count), count - 1 - (count - 1 - place) & 1)
    }

    /// Moves all lines up by one and puts a new one last.
    ///
    /// - Parameters:
    ///   - pairs: those of the picture that the block holds.
    ///   - start: where the row begins in `source`.
    mutating func push(_ source: Span<UInt8>, at start: Int, width: Int, pairs: Range<Int>) {
        precondition(pairs.count <= Self.capacity && start >= 0 && start + width <= source.count)
        precondition(values.count == Self.size && pairs.upperBound <= (width + 1) / 2)
        let last = Self.lines + (Self.lineCount - 1) * Self.lineLength
        let right = last + Self.capacity + 2
        let bytes = unsafe source.bytes
        var values = values.mutableSpan
        for index in Self.lines..<last {
            // unsafe: checked before the loop
            unsafe values[unchecked: index] = values[unchecked: index &+ Self.lineLength]
        }
        let wholeCount = min(pairs.upperBound, width / 2) - pairs.lowerBound
        for pair in 0..<wholeCount {
            let place = start &+ 2 &* (pairs.lowerBound &+ pair)
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt16.self)
            unsafe values[unchecked: last &+ 1 &+ pair] = Int16(truncatingIfNeeded: word & 0xFF)
            unsafe values[unchecked: right &+ 1 &+ pair] = Int16(truncatingIfNeeded: word &>> 8)
        }
        for pair in [pairs.lowerBound - 1, pairs.lowerBound + wholeCount, pairs.upperBound] {
            let index = 1 + pair - pairs.lowerBound
            values[last + index] = Int16(source[start + Self.mirrored(2 * pair, in: width)])
            values[right + index] = Int16(source[start + Self.mirrored(2 * pair + 1, in: width)])
        }
    }

    /// Makes bytes of the middle one of the lines.
    mutating func interpolate(count: Int, _ row: FilterRow) {
        // Constants, so that each of the four kinds of row becomes a loop without branches.
        switch (row.isGreenFirst, row.isRed) {
        case (false, true): interpolate(count: count, isGreenFirst: false, isRed: true)
        case (false, false): interpolate(count: count, isGreenFirst: false, isRed: false)
        case (true, true): interpolate(count: count, isGreenFirst: true, isRed: true)
        case (true, false): interpolate(count: count, isGreenFirst: true, isRed: false)
        }
    }

    @inline(__always)
    private mutating func interpolate(count: Int, isGreenFirst: Bool, isRed: Bool) {
        precondition(count <= Self.capacity && values.count == Self.size)
        var values = values.mutableSpan
        for pair in 0..<count {
            // unsafe: all lines have a pair more on either side
            let left = unsafe Neighbours(values.span, leftOf: pair)
            let right = unsafe Neighbours(values.span, rightOf: pair)
            let first = isGreenFirst ? left.atGreen(isRed: isRed) : left.atColour(isRed: isRed)
            let second = isGreenFirst ? right.atColour(isRed: isRed) : right.atGreen(isRed: isRed)
            unsafe values[unchecked: Self.first &+ pair] = first.red | first.green &<< 8
            unsafe values[unchecked: Self.second &+ pair] = first.blue | second.red &<< 8
            unsafe values[unchecked: Self.third &+ pair] = second.green | second.blue &<< 8
        }
    }

    /// What the filters weigh: the pixel and sums of pixels round it.
    private struct Neighbours {
        let centre: Int16
        let beside: Int16
        let aboveBelow: Int16
        let diagonal: Int16
        let farBeside: Int16
        let farAboveBelow: Int16

        @inline(__always) @unsafe
        init(_ values: Span<Int16>, leftOf pair: Int) {
            let left = PairBlock.lines &+ 1 &+ pair
            let right = left &+ PairBlock.capacity &+ 2
            unsafe self.init(values, own: left, before: right &- 1, after: right)
        }

        @inline(__always) @unsafe
        init(_ values: Span<Int16>, rightOf pair: Int) {
            let left = PairBlock.lines &+ 1 &+ pair
            let right = left &+ PairBlock.capacity &+ 2
            unsafe self.init(values, own: right, before: left, after: left &+ 1)
        }

        /// - Parameter own, before, after: places in the first line.
        @inline(__always) @unsafe
        private init(_ values: Span<Int16>, own: Int, before: Int, after: Int) {
            let line = PairBlock.lineLength
            centre = unsafe values[unchecked: own &+ 2 &* line]
            beside = unsafe values[unchecked: before &+ 2 &* line] &+ values[unchecked: after &+ 2 &* line]
            aboveBelow = unsafe values[unchecked: own &+ line] &+ values[unchecked: own &+ 3 &* line]
            let above = unsafe values[unchecked: before &+ line] &+ values[unchecked: after &+ line]
            let below = unsafe values[unchecked: before &+ 3 &* line] &+ values[unchecked: after &+ 3 &* line]
            diagonal = above &+ below
            farBeside = unsafe values[unchecked: own &+ 2 &* line &- 1] &+ values[unchecked: own &+ 2 &* line &+ 1]
            farAboveBelow = unsafe values[unchecked: own] &+ values[unchecked: own &+ 4 &* line]
        }

        /// At a red or blue pixel.
        @inline(__always)
        func atColour(isRed: Bool) -> (red: Int16, green: Int16, blue: Int16) {
            let green = byte(4 &* centre &+ 2 &* (beside &+ aboveBelow) &- farBeside &- farAboveBelow, 3)
            let other = byte(12 &* centre &+ 4 &* diagonal &- 3 &* (farBeside &+ farAboveBelow), 4)
            return isRed ? (centre, green, other) : (other, green, centre)
        }

        /// At a green pixel; `isRed` tells the row's other colour.
        @inline(__always)
        func atGreen(isRed: Bool) -> (red: Int16, green: Int16, blue: Int16) {
            let rest = 10 &* centre &- 2 &* diagonal
            let ofRow = byte(rest &+ 8 &* beside &- 2 &* farBeside &+ farAboveBelow, 4)
            let ofColumn = byte(rest &+ 8 &* aboveBelow &- 2 &* farAboveBelow &+ farBeside, 4)
            return isRed ? (ofRow, centre, ofColumn) : (ofColumn, centre, ofRow)
        }

        /// `sum` divided by a power of two, as a byte.
        @inline(__always)
        private func byte(_ sum: Int16, _ places: Int16) -> Int16 {
            max(0, min(255, (sum &+ 1 &<< (places &- 1)) &>> places))
        }
    }
}

extension Image {
    /// A camera frame as RGB. For one frame; many are cheaper with a `FrameDecoder` of their own.
    ///
    /// Errors: those of `FrameDecoder`.
    package init(
        decoding bytes: UnsafeRawBufferPointer, layout: ImageLayout, encoding: ColourEncoding? = nil,
        orientation: Orientation = .upright
    ) throws(ImagingError) {
        var decoder = FrameDecoder()
        self.init(blank: orientation.size(of: layout.size))
        unsafe try decoder.decode(
            FramePieces(bytes), layout: layout, encoding: encoding, orientation: orientation, into: &self)
    }

    /// Takes a grey frame; of samples with more than 8 bits the highest 8 are kept.
    mutating func copyGrey(_ source: Span<UInt8>, layout: ImageLayout) {
        var target = pixels.mutableSpan
        let shift: UInt16? =
            switch layout.format {
            case .y10: 2
            case .y12: 4
            case .y16: 8
            default: nil
            }
        let length = layout.format.leastBytesPerRow(width: layout.width)
        for y in 0..<layout.height {
            let row = source.extracting(y * layout.bytesPerRow..<y * layout.bytesPerRow + length)
            let start = y * layout.width * 3
            for x in 0..<layout.width {
                let grey: UInt8
                if let shift {
                    let low = UInt16(row[2 &* x])
                    let high = UInt16(row[2 &* x &+ 1])
                    grey = UInt8(min(255, (low | high << 8) >> shift))
                } else {
                    grey = row[x]
                }
                target[start &+ 3 &* x] = grey
                target[start &+ 3 &* x &+ 1] = grey
                target[start &+ 3 &* x &+ 2] = grey
            }
        }
    }

    /// Takes a frame that is RGB already, or BGR.
    mutating func copyPacked(_ source: Span<UInt8>, layout: ImageLayout) {
        var target = pixels.mutableSpan
        let red = layout.format == .bgr24 ? 2 : 0
        for y in 0..<layout.height {
            let row = source.extracting(y * layout.bytesPerRow..<y * layout.bytesPerRow + layout.width * 3)
            let start = y * layout.width * 3
            for x in 0..<layout.width {
                target[start &+ 3 &* x] = row[3 &* x &+ red]
                target[start &+ 3 &* x &+ 1] = row[3 &* x &+ 1]
                target[start &+ 3 &* x &+ 2] = row[3 &* x &+ 2 &- red]
            }
        }
    }

    /// Makes 0 to 255 of 16 to 235.
    mutating func stretchLimitedRange() {
        let table = (0..<256).map { level -> UInt8 in
            let stretched = ((Double(level) - 16) * 255 / 219).rounded()
            return UInt8(max(0, min(255, stretched)))
        }
        var target = pixels.mutableSpan
        for index in target.indices { target[index] = table[Int(target[index])] }
    }

    /// A black picture.
    init(blank size: PixelSize) {
        self.init(
            width: size.width, height: size.height, pixels: [UInt8](repeating: 0, count: size.pixelCount * 3))
    }
}

/// The marker segments of a JPEG picture up to its first scan, read to mend what cameras are known to do.
///
/// - MJPEG frames may leave out the Huffman tables and mean those of the standard.
/// - Bytes may lie between two segments where none belong.
/// - The scan of a baseline picture may state a spectral selection, which has no meaning there.
/// - The end marker may be missing, with or without zeros in its place; the decoder still tells a picture that was cut
///   off by the bits it lacks.
///
/// What is damaged in another way is left alone, for the decoder to refuse.
struct JPEGStream {
    /// The picture with those faults mended; nil if it has none of them but missing tables, for which libjpeg-turbo by
    /// itself takes those of the standard.
    private(set) var repaired: [UInt8]?

    init(_ bytes: Span<UInt8>) {
        var header: [UInt8] = [0xFF, 0xD8]
        var position = 2
        var isBaseline = false
        var hasTables = false
        var componentCount = 0
        var isChanged = false
        guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return }

        while let marker = Self.nextMarker(in: bytes, from: position) {
            isChanged = isChanged || marker.position > position
            let code = bytes[marker.position + 1]
            if Self.standsAlone(code) {
                header += [0xFF, code]
                position = marker.position + 2
                continue
            }
            guard code != 0xD9, let end = Self.segmentEnd(in: bytes, at: marker.position) else { return }
            if code == 0xC0 || code == 0xC1 {
                isBaseline = true
                componentCount = end - marker.position > 9 ? Int(bytes[marker.position + 9]) : 0
            }
            if code == 0xC4 { hasTables = true }
            guard code == 0xDA else {
                header.append(bytes, from: marker.position, to: end)
                position = end
                continue
            }
            if isBaseline, !hasTables { header += StandardHuffmanTables.segment }
            header.append(bytes, from: marker.position, to: end)
            if isBaseline, end - marker.position >= 8 {
                isChanged = isChanged || !header[(header.count - 3)...].elementsEqual(Self.wholeSpectrum)
                header.replaceSubrange((header.count - 3)..., with: Self.wholeSpectrum)
            }
            // Of several scans the last ones may be missing altogether, which only the end marker rules out.
            let isLastScan = end - marker.position > 4 && Int(bytes[marker.position + 4]) == componentCount
            let cut = isBaseline && isLastScan ? Self.endWithoutMarker(of: bytes, from: end) : nil
            guard isChanged || cut != nil else { return }
            header.append(bytes, from: end, to: cut ?? bytes.count)
            if cut != nil { header += [0xFF, 0xD9] }
            repaired = header
            return
        }
    }

    /// Where a picture ends, zeros behind it left out, that has no end marker there; nil for one that has.
    private static func endWithoutMarker(of bytes: Span<UInt8>, from start: Int) -> Int? {
        var end = bytes.count
        while end > start, bytes[end - 1] == 0 { end -= 1 }
        if end - start >= 2, bytes[end - 2] == 0xFF, bytes[end - 1] == 0xD9 { return nil }
        // A zero after 0xFF belongs to it.
        return end > start && bytes[end - 1] == 0xFF && end < bytes.count ? end + 1 : end
    }

    /// Where the first scan's segment begins; nil if there is none.
    static func scanStart(in bytes: Span<UInt8>) -> Int? {
        guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
        var position = 2
        while let marker = nextMarker(in: bytes, from: position) {
            if marker.code == 0xDA { return marker.position }
            if standsAlone(marker.code) {
                position = marker.position + 2
            } else if let end = segmentEnd(in: bytes, at: marker.position) {
                position = end
            } else {
                return nil
            }
        }
        return nil
    }

    /// The last three bytes of a baseline scan's header (T.81, B.2.3).
    private static let wholeSpectrum: [UInt8] = [0, 63, 0]

    /// The next 0xFF that a marker code follows.
    private static func nextMarker(in bytes: Span<UInt8>, from start: Int) -> (position: Int, code: UInt8)? {
        var position = start
        while position + 1 < bytes.count {
            let code = bytes[position + 1]
            if bytes[position] == 0xFF, code != 0, code != 0xFF { return (position, code) }
            position += 1
        }
        return nil
    }

    private static func segmentEnd(in bytes: Span<UInt8>, at marker: Int) -> Int? {
        guard marker + 4 <= bytes.count else { return nil }
        let length = Int(bytes[marker + 2]) << 8 | Int(bytes[marker + 3])
        guard length >= 2, marker + 2 + length <= bytes.count else { return nil }
        return marker + 2 + length
    }

    private static func standsAlone(_ code: UInt8) -> Bool {
        code == 0x01 || (0xD0...0xD8).contains(code)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        let part = bytes.extracting(start..<end)
        // unsafe: the buffer is read before the closure returns
        unsafe part.withUnsafeBufferPointer { buffer in unsafe append(contentsOf: buffer) }
    }
}

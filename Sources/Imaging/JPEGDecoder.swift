internal import CTurboJPEG

/// One libjpeg-turbo decompressor (`tjInitDecompress`), released when this value ends.
@safe struct JPEGDecoder: ~Copyable {
    private let handle: tjhandle

    init() throws(ImagingError) {
        guard let handle = unsafe tjInitDecompress() else {
            throw .codecFailed(.jpeg, reason: unsafe String(cString: tjGetErrorStr2(nil)))
        }
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe tjDestroy(handle)
    }

    /// The picture's size, within the limits of `PixelSize`; only the header is read.
    borrowing func size(of bytes: Span<UInt8>) throws(ImagingError) -> PixelSize {
        guard ImageFileKind(startOf: bytes) == .jpeg else { throw .notAnImage(byteCount: bytes.count) }
        var width: Int32 = 0
        var height: Int32 = 0
        var subsampling: Int32 = 0
        var colourSpace: Int32 = 0
        let status = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe tjDecompressHeader3(
                handle, bytes.baseAddress, UInt(bytes.count), &width, &height, &subsampling, &colourSpace)
        }
        guard status == 0 else { throw .damaged(.jpeg, reason: message) }
        return try PixelSize(width: Int(width), height: Int(height)).checked()
    }

    /// Writes the picture to `pixels`, which it must fit.
    ///
    /// Every warning of the decoder is an error (a truncated picture is only a warning to it), but for padding before
    /// the end marker: by then every pixel has been read. Surplus bytes that are not zero belong to a garbled picture.
    borrowing func decode(
        _ bytes: Span<UInt8>, expecting expected: PixelSize, into pixels: inout [UInt8]
    ) throws(ImagingError) {
        precondition(pixels.count == expected.pixelCount * 3)
        let found = try size(of: bytes)
        guard found == expected else { throw .sizeDiffers(found: found, expected: expected) }
        let status = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe pixels.withUnsafeMutableBufferPointer { pixels in
                unsafe tjDecompress2(
                    handle, bytes.baseAddress, UInt(bytes.count), pixels.baseAddress, Int32(expected.width),
                    Int32(expected.width * 3), Int32(expected.height), Int32(TJPF_RGB.rawValue),
                    TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT)
            }
        }
        guard status != 0 else { return }
        let reason = message
        guard Self.tellsOfPadding(reason, in: bytes) else { throw .damaged(.jpeg, reason: reason) }
    }

    /// Whether the decoder's words are of surplus bytes at the end, and these are all zero.
    private static func tellsOfPadding(_ reason: String, in bytes: Span<UInt8>) -> Bool {
        guard reason.contains("extraneous bytes before marker 0xd9"),
            let count = reason.split(separator: " ").lazy.compactMap({ Int($0) }).first, count > 0
        else { return false }
        var end = bytes.count
        while end >= 2, bytes[end - 2] != 0xFF || bytes[end - 1] != 0xD9 { end -= 1 }
        end -= 2
        guard count <= end else { return false }
        return bytes.extracting(end - count..<end).isAllZeros
    }

    private var message: String {
        unsafe String(cString: tjGetErrorStr2(handle))
    }
}

extension Span<UInt8> {
    fileprivate var isAllZeros: Bool {
        for index in indices where self[index] != 0 { return false }
        return true
    }
}

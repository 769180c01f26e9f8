internal import CPNG

/// One run of libpng's simplified interface (`png_image`); what it holds is freed when this value ends.
@safe struct PNGCodec: ~Copyable {
    private var image: png_image

    init() {
        unsafe image = unsafe png_image()
        unsafe image.version = UInt32(PNG_IMAGE_VERSION)
    }

    deinit {
        var image = unsafe image
        unsafe png_image_free(&image)
    }

    /// A PNG file as RGB: palette and grey are expanded, 16 bits rounded to 8, transparent pixels laid on black.
    mutating func decode(_ bytes: Span<UInt8>) throws(ImagingError) -> Image {
        let size = try PNGHeader(bytes).size
        var picture = Image(blank: size)
        // unsafe: libpng keeps the pointer between its two calls, so both are made while it is valid
        let isRead = try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(ImagingError) -> Bool in
            guard unsafe png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
                return false
            }
            let found = unsafe PixelSize(width: Int(image.width), height: Int(image.height))
            guard found == size else { throw .sizeDiffers(found: found, expected: size) }
            unsafe image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
            // without it libpng takes 16-bit files for linear light and brightens them
            unsafe image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
            var black = png_color()
            return unsafe picture.pixels.withUnsafeMutableBytes { pixels in
                unsafe png_image_finish_read(&image, &black, pixels.baseAddress, Int32(size.width * 3), nil) != 0
            }
        }
        guard isRead else { throw .damaged(.png, reason: message) }
        return picture
    }

    /// An 8-bit RGB PNG file.
    mutating func encode(_ picture: Image) throws(ImagingError) -> [UInt8] {
        let size = try picture.size.checked()
        unsafe image.width = UInt32(size.width)
        unsafe image.height = UInt32(size.height)
        unsafe image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
        // Stored blocks are the worst case: a filter byte a row, and 12 bytes a chunk of at least 4 KiB.
        let raw = (size.width * 3 + 1) * size.height
        let capacity = raw + raw / 128 + 4096
        var isWritten = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var written = capacity
            unsafe picture.pixels.withUnsafeBytes { pixels in
                isWritten =
                    unsafe png_image_write_to_memory(
                        &image, buffer.baseAddress, &written, 0, pixels.baseAddress, Int32(size.width * 3), nil) != 0
            }
            count = isWritten ? written : 0
        }
        guard isWritten else { throw .codecFailed(.png, reason: message) }
        return bytes
    }

    /// libpng's last words, at most 63 bytes.
    private var message: String {
        unsafe withUnsafeBytes(of: image.message) { bytes in
            unsafe String(decoding: bytes.prefix(while: { $0 != 0 }), as: UTF8.self)
        }
    }
}

internal import CFreeType

/// One font file opened by FreeType, with its library; both are released when this value ends.
///
/// A library belongs to one thread at a time: keep it in a lock.
@safe struct FontFace: ~Copyable {
    private let library: FT_Library
    private let face: FT_Face

    /// Nil if the file is missing or is no font.
    init?(path: String) {
        var library: FT_Library?
        guard unsafe FT_Init_FreeType(&library) == 0, let library = unsafe library else { return nil }
        var face: FT_Face?
        guard unsafe FT_New_Face(library, path, 0, &face) == 0, let face = unsafe face else {
            unsafe FT_Done_FreeType(library)
            return nil
        }
        unsafe self.library = unsafe library
        unsafe self.face = unsafe face
    }

    deinit {
        unsafe FT_Done_Face(face)
        unsafe FT_Done_FreeType(library)
    }

    /// The pixels above and below the base line that letters of this size need. Nil if the font has no such size.
    borrowing func extent(height: Int) -> (above: Int, below: Int)? {
        guard unsafe FT_Set_Pixel_Sizes(face, 0, UInt32(clamping: height)) == 0 else { return nil }
        guard let size = unsafe face.pointee.size else { return nil }
        let metrics = unsafe size.pointee.metrics
        return (Int(metrics.ascender + 63) >> 6, Int(63 - metrics.descender) >> 6)
    }

    /// Nil if the glyph cannot be drawn; characters the font lacks come as its empty box.
    borrowing func glyph(_ character: Unicode.Scalar, height: Int) -> Glyph? {
        guard unsafe FT_Set_Pixel_Sizes(face, 0, UInt32(clamping: height)) == 0,
            unsafe FT_Load_Char(face, FT_ULong(character.value), Int32(FT_LOAD_RENDER)) == 0,
            let slot = unsafe face.pointee.glyph
        else { return nil }
        let bitmap = unsafe slot.pointee.bitmap
        let width = unsafe Int(bitmap.width)
        let height = unsafe Int(bitmap.rows)
        var coverage: [UInt8] = []
        coverage.reserveCapacity(width * height)
        if width > 0, height > 0 {
            guard unsafe bitmap.pixel_mode == UInt8(FT_PIXEL_MODE_GRAY.rawValue), unsafe bitmap.pitch >= width,
                let buffer = unsafe bitmap.buffer
            else { return nil }
            for row in 0..<height {
                let start = unsafe buffer + row * Int(bitmap.pitch)
                unsafe coverage.append(contentsOf: UnsafeBufferPointer(start: start, count: width))
            }
        }
        return unsafe Glyph(
            left: Int(slot.pointee.bitmap_left), top: Int(slot.pointee.bitmap_top), width: width, height: height,
            coverage: coverage, advance: Int(slot.pointee.advance.x) >> 6)
    }
}

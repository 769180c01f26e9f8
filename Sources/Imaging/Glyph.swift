/// The picture of one character in one size.
struct Glyph: Sendable {
    /// From the pen to the left edge of the picture.
    let left: Int

    /// From the base line up to the top edge of the picture.
    let top: Int

    let width: Int
    let height: Int

    /// 0 to 255, row by row.
    let coverage: [UInt8]

    /// How far the pen moves on.
    let advance: Int
}

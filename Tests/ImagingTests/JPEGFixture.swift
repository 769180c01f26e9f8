/// JPEG files put together byte by byte.
enum JPEGFixture {
    /// 8×8 pixels of one component, all mid grey; its Huffman tables have one code each: "no difference", "end of block".
    static let grey: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
        + [0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
        + [0xFF, 0xC4, 0, 20, 0x00, 1] + [UInt8](repeating: 0, count: 15) + [0]
        + [0xFF, 0xC4, 0, 20, 0x10, 1] + [UInt8](repeating: 0, count: 15) + [0]
        + [0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 63, 0, 0b0011_1111, 0xFF, 0xD9]
}

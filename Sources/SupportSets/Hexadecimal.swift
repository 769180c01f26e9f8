extension [UInt16] {
    /// Four lower-case hexadecimal digits a value.
    var hexadecimal: String { flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }.hexadecimal }

    /// Nil for anything but four lower-case hexadecimal digits a value.
    init?(hexadecimal text: String) {
        guard let bytes = [UInt8](hexadecimal: text[...]), bytes.count % 2 == 0 else { return nil }
        self = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }
}

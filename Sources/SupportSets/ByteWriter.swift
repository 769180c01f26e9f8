/// Builds the little-endian content of a bank file.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: UInt32) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value >> 16))
        bytes.append(UInt8(truncatingIfNeeded: value >> 24))
    }

    mutating func write(_ value: Int) {
        write(UInt32(value))
    }

    mutating func write(_ value: Float) {
        write(value.bitPattern)
    }

    mutating func write(_ values: [Float]) {
        write(values.count)
        bytes.reserveCapacity(bytes.count + 4 * values.count)
        for value in values { write(value) }
    }

    mutating func write(_ text: String) {
        let content = Array(text.utf8)
        write(content.count)
        bytes.append(contentsOf: content)
    }

    mutating func write(raw content: [UInt8]) {
        write(content.count)
        bytes.append(contentsOf: content)
    }

    /// Fills up with zeros to a multiple of `alignment` bytes.
    mutating func align(to alignment: Int) {
        while bytes.count % alignment != 0 { bytes.append(0) }
    }
}

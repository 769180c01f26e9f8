/// Reads the little-endian content of a bank file; never past its end and never a count above its bound.
struct ByteReader {
    private let bytes: [UInt8]
    private let path: String
    private(set) var position = 0

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func readWord() throws(SupportSetError) -> UInt32 {
        guard bytes.count - position >= 4 else { throw damaged("it ends too early") }
        defer { position += 4 }
        return UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2]) << 16
            | UInt32(bytes[position + 3]) << 24
    }

    mutating func readCount(upTo bound: Int, of what: String) throws(SupportSetError) -> Int {
        let count = Int(try readWord())
        guard count <= bound else { throw damaged("\(what): \(count) is above the bound of \(bound)") }
        return count
    }

    /// A finite number.
    mutating func readFloat() throws(SupportSetError) -> Float {
        let value = Float(bitPattern: try readWord())
        guard value.isFinite else { throw damaged("a number in it is not finite") }
        return value
    }

    mutating func readFloats(upTo bound: Int, of what: String) throws(SupportSetError) -> [Float] {
        let count = try readCount(upTo: bound, of: what)
        guard bytes.count - position >= 4 * count else { throw damaged("it ends too early") }
        var values: [Float] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try readFloat()) }
        return values
    }

    mutating func readRaw(upTo bound: Int, of what: String) throws(SupportSetError) -> [UInt8] {
        let count = try readCount(upTo: bound, of: what)
        guard bytes.count - position >= count else { throw damaged("it ends too early") }
        defer { position += count }
        return Array(bytes[position..<(position + count)])
    }

    mutating func readText(upTo bound: Int, of what: String) throws(SupportSetError) -> String {
        let content = try readRaw(upTo: bound, of: what)
        guard let text = String(validating: content, as: UTF8.self) else { throw damaged("\(what) is not UTF-8") }
        return text
    }

    func damaged(_ problem: String) -> SupportSetError {
        .damaged(path: path, problem: problem)
    }
}

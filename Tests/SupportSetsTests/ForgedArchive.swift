/// A ustar archive put together by hand, so that tests can put anything into it.
struct ForgedArchive {
    var bytes: [UInt8] = []

    /// Appends a file as an honest packer would, but for what is said.
    mutating func add(
        _ path: String, _ content: [UInt8], kind: Character = "0", link: String = "", statedSize: Int? = nil,
        change: (inout [UInt8]) -> Void = { _ in }, spoilChecksum: Bool = false
    ) {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at start: Int) {
            for (offset, byte) in text.utf8.prefix(512 - start).enumerated() { block[start + offset] = byte }
        }
        put(path, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(Self.octal(statedSize ?? content.count, digits: 11), at: 124)
        put("00000000000", at: 136)
        put(String(kind), at: 156)
        put(link, at: 157)
        put("ustar\u{0}00", at: 257)
        put("0000000", at: 329)
        put("0000000", at: 337)
        change(&block)
        Self.putChecksum(in: &block)
        if spoilChecksum { block[148] ^= 1 }
        bytes += block + content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    mutating func end() { bytes += [UInt8](repeating: 0, count: 1024) }

    static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func putChecksum(in block: inout [UInt8]) {
        var sum = 8 * 32
        for index in block.indices where !(148..<156).contains(index) { sum += Int(block[index]) }
        block.replaceSubrange(148..<156, with: Array(octal(sum, digits: 6).utf8) + [0, 32])
    }
}

/// What precedes each file of an archive: a block of POSIX ustar in which only path and size are free.
///
/// Owner, times and mode are always the same, so one set is one archive, byte by byte, and a header that holds
/// anything else (a link, a device, a sparse file, a longer name in a block of its own) was not written here.
struct ArchiveHeader: Equatable {
    static let byteCount = 512

    /// Files begin and end at multiples of this.
    static let blockSize = 512
    private static let mostNameBytes = 100
    private static let mostSize = 0o77777777777

    let path: String

    /// In bytes.
    let size: Int

    /// - Precondition: the path is plain.
    init(path: String, size: Int) {
        precondition(Self.problem(withPath: path) == nil && (0...Self.mostSize).contains(size))
        self.path = path
        self.size = size
    }

    /// Reads a block and refuses whatever differs from the one that is written for its path and size.
    init(reading block: [UInt8], archive: String) throws(SupportSetError) {
        precondition(block.count == Self.byteCount)
        func refuse(_ problem: String) -> SupportSetError { .damagedArchive(path: archive, problem: problem) }
        guard block[Field.magic].elementsEqual("ustar\0".utf8) else { throw refuse("it is no archive of a set") }
        guard block[Field.checksum].elementsEqual(Self.checksum(of: block)) else {
            throw refuse("the checksum of a header is wrong")
        }
        let path = Self.path(in: block)
        if let problem = Self.problem(withPath: path) {
            throw refuse("a file in it is called \(Self.quoted(path)), which \(problem)")
        }
        let kind = block[Field.kind]
        guard kind == UInt8(ascii: "0") else {
            throw refuse("\(path) in it is \(Self.name(ofKind: kind)), where a set has files alone")
        }
        var size = 0
        for digit in block[Field.size].dropLast() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else {
                throw refuse("the size of \(path) in it is no number")
            }
            size = size << 3 | Int(digit & 7)
        }
        self.init(path: path, size: size)
        guard bytes == block else {
            throw refuse("the header of \(path) in it is none that assayctl set pack writes")
        }
    }

    /// The block as it is written.
    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.byteCount)
        func put(_ text: String, at start: Int) {
            for (offset, byte) in text.utf8.enumerated() { block[start + offset] = byte }
        }
        if path.utf8.count > Self.mostNameBytes, let slash = path.firstIndex(of: "/") {
            put(String(path[..<slash]), at: Field.prefix.lowerBound)
            put(String(path[path.index(after: slash)...]), at: Field.name.lowerBound)
        } else {
            put(path, at: Field.name.lowerBound)
        }
        put("0000644", at: Field.mode)
        put("0000000", at: Field.user)
        put("0000000", at: Field.group)
        put(Self.octal(size, digits: 11), at: Field.size.lowerBound)
        put("00000000000", at: Field.time)
        put("0", at: Field.kind)
        put("ustar\u{0}00", at: Field.magic.lowerBound)
        put("0000000", at: Field.deviceMajor)
        put("0000000", at: Field.deviceMinor)
        block.replaceSubrange(Field.checksum, with: Self.checksum(of: block))
        return block
    }

    /// What is wrong with a path, to follow "which"; nil when nothing is.
    static func problem(withPath path: String) -> String? {
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(names.count) else { return "is no name, and no name in one folder" }
        for name in names {
            guard let first = name.utf8.first else { return "has an empty name in it" }
            guard first != UInt8(ascii: ".") else { return "begins with a dot" }
            guard name.utf8.count <= mostNameBytes else { return "is longer than \(mostNameBytes) bytes" }
            guard name.utf8.allSatisfy(isPlain) else {
                return "has other characters than letters, digits, dots, - and _"
            }
        }
        return nil
    }

    /// Zeros from the end of a file of this size to the next block.
    static func padding(after size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

    private enum Field {
        static let name = 0..<100
        static let mode = 100
        static let user = 108
        static let group = 116
        static let size = 124..<136
        static let time = 136
        static let checksum = 148..<156
        static let kind = 156
        static let magic = 257..<263
        static let deviceMajor = 329
        static let deviceMinor = 337
        static let prefix = 345..<500
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func path(in block: [UInt8]) -> String {
        let name = String(decoding: block[Field.name].prefix { $0 != 0 }, as: UTF8.self)
        let prefix = String(decoding: block[Field.prefix].prefix { $0 != 0 }, as: UTF8.self)
        return prefix.isEmpty ? name : prefix + "/" + name
    }

    /// The sum of all bytes, those of the sum itself taken for spaces.
    private static func checksum(of block: [UInt8]) -> [UInt8] {
        var sum = Field.checksum.count * Int(UInt8(ascii: " "))
        for index in block.indices where !Field.checksum.contains(index) { sum += Int(block[index]) }
        return Array(octal(sum, digits: 6).utf8) + [0, UInt8(ascii: " ")]
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    private static func name(ofKind kind: UInt8) -> String {
        switch kind {
        case UInt8(ascii: "1"), UInt8(ascii: "2"): "a link"
        case UInt8(ascii: "3"), UInt8(ascii: "4"): "a device"
        case UInt8(ascii: "5"): "a folder"
        case UInt8(ascii: "6"): "a pipe"
        case UInt8(ascii: "S"): "a file with holes"
        default: "nothing known"
        }
    }

    private static func quoted(_ path: String) -> String {
        "\"" + path.unicodeScalars.prefix(80).map { $0.escaped(asASCII: true) }.joined() + "\""
    }
}

/// Reads JSON from outside strictly (RFC 8259) and within bounds: depth, UTF-8, and no member twice.
///
/// The length is bounded by whoever hands the bytes over.
package struct JSONScanner {
    package static let usualDepth = 16

    private let bytes: [UInt8]
    private let depthLimit: Int
    private var place = 0

    /// What was read, without the space between the parts.
    private var kept: [UInt8] = []

    package init(_ bytes: [UInt8], depth: Int = usualDepth) throws(JSONFault) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        self.bytes = bytes
        depthLimit = depth
    }

    /// The one value that the bytes hold.
    package mutating func document() throws(JSONFault) -> JSONText {
        let value = try value(depth: 1)
        skipSpace()
        guard place == bytes.count else { throw .unexpected(place: place + 1) }
        return value
    }

    /// The members of the object that the bytes hold.
    mutating func members() throws(JSONFault) -> [(name: String, value: JSONText)] {
        try object(depth: 1)
    }

    /// The elements of the list that the bytes hold.
    mutating func elements() throws(JSONFault) -> [JSONText] { try array(depth: 1) }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONText {
        guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit) }
        skipSpace()
        let start = kept.count
        switch try peek() {
        case UInt8(ascii: "{"): _ = try object(depth: depth)
        case UInt8(ascii: "["): _ = try array(depth: depth)
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
        return JSONText(checked: Array(kept[start...]))
    }

    private mutating func object(depth: Int) throws(JSONFault) -> [(name: String, value: JSONText)] {
        var members: [(name: String, value: JSONText)] = []
        var names: Set<String> = []
        try expect(UInt8(ascii: "{"))
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            keep()
            return []
        }
        while true {
            skipSpace()
            let name = try string()
            guard names.insert(name).inserted else { throw .repeated(member: name) }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
            guard try peek() == UInt8(ascii: ",") else { break }
            keep()
        }
        try expect(UInt8(ascii: "}"))
        return members
    }

    private mutating func array(depth: Int) throws(JSONFault) -> [JSONText] {
        var elements: [JSONText] = []
        try expect(UInt8(ascii: "["))
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            keep()
            return []
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            guard try peek() == UInt8(ascii: ",") else { break }
            keep()
        }
        try expect(UInt8(ascii: "]"))
        return elements
    }

    /// A text, without quotes and escapes.
    mutating func string() throws(JSONFault) -> String {
        try expect(UInt8(ascii: "\""))
        var units: [UInt16] = []
        var plain: [UInt8] = []
        var text = ""
        func flush() {
            text += String(decoding: plain, as: UTF8.self)
            plain.removeAll()
        }
        while true {
            let byte = try peek()
            if byte != UInt8(ascii: "\\"), !units.isEmpty {
                text += String(decoding: units, as: UTF16.self)
                units.removeAll()
            }
            keep()
            switch byte {
            case UInt8(ascii: "\""):
                flush()
                return text
            case UInt8(ascii: "\\"):
                flush()
                if let unit = try escape() {
                    units.append(unit)
                } else {
                    text += String(decoding: units, as: UTF16.self)
                    units.removeAll()
                    text.unicodeScalars.append(Self.escapes[bytes[place - 1]] ?? "\u{FFFD}")
                }
            case 0..<0x20: throw .unexpected(place: place)
            default: plain.append(byte)
            }
        }
    }

    private static let escapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    /// The UTF-16 unit of a `\u` escape; nil for one of the short escapes.
    private mutating func escape() throws(JSONFault) -> UInt16? {
        let letter = try peek()
        guard letter == UInt8(ascii: "u") else {
            guard Self.escapes[letter] != nil else { throw .unexpected(place: place + 1) }
            keep()
            return nil
        }
        keep()
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
                throw .unexpected(place: place + 1)
            }
            keep()
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func number() throws(JSONFault) {
        if try peek() == UInt8(ascii: "-") { keep() }
        if try peek() == UInt8(ascii: "0") { keep() } else { try digits() }
        if here == UInt8(ascii: ".") {
            keep()
            try digits()
        }
        if here == UInt8(ascii: "e") || here == UInt8(ascii: "E") {
            keep()
            if here == UInt8(ascii: "+") || here == UInt8(ascii: "-") { keep() }
            try digits()
        }
    }

    private mutating func digits() throws(JSONFault) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard digits.contains(try peek()) else { throw .unexpected(place: place + 1) }
        while let byte = here, digits.contains(byte) { keep() }
    }

    private mutating func word(_ word: StaticString) throws(JSONFault) {
        for byte in word.description.utf8 { try expect(byte) }
    }

    private var here: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func peek() throws(JSONFault) -> UInt8 {
        guard let here else { throw .ends }
        return here
    }

    private mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard try peek() == byte else { throw .unexpected(place: place + 1) }
        keep()
    }

    private mutating func keep() {
        kept.append(bytes[place])
        place += 1
    }

    private mutating func skipSpace() {
        while let byte = here, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }
}

internal import CSystemd
internal import Glibc
package import Logging

/// The fields of one journal entry (systemd.journal-fields(7)).
package struct JournalEntry {
    static let valueByteLimit = 8192

    /// `NAME=value` as the journal takes them; a value may have several lines.
    package let fields: [String]

    /// - Parameters:
    ///   - line: metadata `code` becomes `ASSAY_CODE` and, for a known code, brings its `MESSAGE_ID`; every other key
    ///     becomes `ASSAY_` and the key in capitals with `_` for all else.
    ///   - identifier: `SYSLOG_IDENTIFIER`.
    package init(_ line: LogLine, identifier: String, file: String, lineNumber: UInt) {
        var fields = [
            "MESSAGE=\(line.text)", "PRIORITY=\(line.level.priority)", "SYSLOG_IDENTIFIER=\(identifier)",
            "CODE_FILE=\(file)", "CODE_LINE=\(lineNumber)",
        ]
        if let code = line.fields.first(where: { $0.key == "code" }).flatMap({ EventCode(rawValue: $0.value) }) {
            fields.append("MESSAGE_ID=\(code.messageID)")
        }
        for (key, value) in line.fields {
            guard let name = Self.name(of: key) else { continue }
            fields.append("\(name)=\(String(decoding: value.utf8.prefix(Self.valueByteLimit), as: UTF8.self))")
        }
        self.fields = fields
    }

    /// Hands the entry to journald; false where it could not be taken.
    package func send() -> Bool {
        let bytes = fields.map { Array($0.utf8) }
        return unsafe Self.withVectors(bytes) { vectors in
            unsafe sd_journal_sendv(vectors.baseAddress, Int32(vectors.count)) >= 0
        }
    }

    /// The field's name: at most 64 capitals, digits and `_`; nil where nothing of the key is left.
    package static func name(of key: String) -> String? {
        let letters = key.uppercased().utf8.prefix(58).map { byte -> Character in
            let isAllowed =
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            return isAllowed ? Character(UnicodeScalar(byte)) : "_"
        }
        return letters.isEmpty ? nil : "ASSAY_" + String(letters)
    }

    /// One copy of all fields, so that the vectors can point into it while `body` runs.
    private static func withVectors(
        _ fields: [[UInt8]], _ body: (UnsafeBufferPointer<iovec>) -> Bool
    ) -> Bool {
        var storage = fields.flatMap { $0 }
        return unsafe storage.withUnsafeMutableBytes { bytes in
            var start = 0
            let vectors = unsafe fields.map { field in
                defer { start += field.count }
                return unsafe iovec(iov_base: bytes.baseAddress?.advanced(by: start), iov_len: field.count)
            }
            return unsafe vectors.withUnsafeBufferPointer { unsafe body($0) }
        }
    }
}

extension Logger.Level {
    /// The syslog priority.
    package var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

/// The topics of one station; everything a station says is below one prefix.
package struct Topics: Equatable, Sendable {
    package let prefix: String

    /// The topics below `assay/v1/<station>`.
    ///
    /// - Throws: `badName` when the station is not 1 to 64 of `A-Z a-z 0-9 . _ -`, the first a letter or a digit.
    package init(station: String) throws(PublishingError) {
        let bytes = Array(station.utf8)
        guard let first = bytes.first, bytes.count <= 64, Topics.isAlphanumeric(first),
            bytes.allSatisfy({ Topics.isAlphanumeric($0) || Array("._-".utf8).contains($0) })
        else {
            throw .badName(
                what: "station", name: station,
                rule: "1 to 64 of A-Z, a-z, 0-9, dot, _ and -, the first a letter or a digit")
        }
        prefix = "assay/v1/\(station)"
    }

    /// The topics below a prefix of the plant's own.
    ///
    /// - Throws: `badName` for an empty level, a wildcard, a control character, a leading `$`, or more than 512 bytes.
    package init(prefix: String) throws(PublishingError) {
        let levels = prefix.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard prefix.utf8.count <= 512, !prefix.hasPrefix("$"), levels.allSatisfy({ !$0.isEmpty }),
            prefix.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "#") })
        else {
            throw .badName(
                what: "topic prefix", name: prefix,
                rule: "levels separated by /, none empty, no + or #, no control character, no leading $, 512 bytes")
        }
        self.prefix = prefix
    }

    package var status: String { "\(prefix)/status" }
    package var event: String { "\(prefix)/event" }
    package var health: String { "\(prefix)/health" }

    package func command(_ name: CommandName) -> String { "\(prefix)/command/\(name.rawValue)" }

    /// Where a command's answer goes: where its sender asks for it, if the station may speak there.
    ///
    /// What the station says of itself stays its own: no answer goes below its prefix but to the commands' results.
    package func answer(to name: CommandName, responseTopic: String?) -> String {
        let usual = command(name) + "/result"
        guard let topic = responseTopic, !topic.isEmpty, topic.utf8.count <= 1024, !topic.hasPrefix("$"),
            topic.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "#") }),
            topic != prefix, !topic.hasPrefix(prefix + "/")
        else { return usual }
        return topic
    }

    package func verdict(_ line: LineName) -> String { "\(prefix)/\(line)/verdict" }
    package func overlay(_ line: LineName) -> String { "\(prefix)/\(line)/overlay" }
    /// The overlays of all lines.
    package var overlays: String { "\(prefix)/+/overlay" }

    package func supportSet(_ line: LineName) -> String { "\(prefix)/\(line)/support-set" }
    package func camera(_ line: LineName) -> String { "\(prefix)/\(line)/camera" }

    /// The filters that a watcher of the station's judgements subscribes to.
    package var watched: [String] { ["\(prefix)/+/verdict", status, event] }

    /// The kind of message that a topic carries, or nothing for a topic of someone else.
    package func kind(of topic: String) -> TopicKind? {
        guard topic.hasPrefix(prefix + "/") else { return nil }
        let levels = topic.dropFirst(prefix.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        switch levels.count {
        case 1: return TopicKind(stationLevel: String(levels[0]))
        case 2: return TopicKind(lineLevel: String(levels[1]))
        default: return nil
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

package import Glibc
package import Logging

/// The pieces of one log message, before they become a line of text or a journal entry.
package struct LogLine {
    package let level: Logger.Level
    package let message: String
    /// Metadata in the order of its keys.
    package let fields: [(key: String, value: String)]

    package init(_ event: LogEvent, metadata: Logger.Metadata, provider: Logger.MetadataProvider?) {
        var all = metadata
        if let provider { all.merge(provider.get()) { _, provided in provided } }
        if let given = event.metadata { all.merge(given) { _, given in given } }
        if let error = event.error { all["error"] = "\(error)" }
        self.init(level: event.level, message: event.message.description, metadata: all)
    }

    package init(level: Logger.Level, message: String, metadata: Logger.Metadata) {
        self.level = level
        self.message = message
        fields = metadata.sorted { $0.key < $1.key }.prefix(64).map { ($0.key, $0.value.description) }
    }

    /// The message with its fields as `key=value`, on one line, with nothing in it that a terminal obeys.
    package var text: String {
        fields.reduce(Self.printable(message)) { "\($0) \(Self.printable($1.key))=\(Self.value($1.value))" }
    }

    /// `text` after the time and the level.
    package func text(at time: timespec) -> String { "\(Self.stamp(time)) \(level.rawValue) \(text)" }

    private static func value(_ text: String) -> String {
        let safe = printable(text)
        let needsQuotes = safe.isEmpty || safe.contains { $0 == " " || $0 == "=" || $0 == "\"" }
        return needsQuotes
            ? "\"\(safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\""))\"" : safe
    }

    private static func printable(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars.prefix(4096) {
            switch (scalar, scalar.properties.generalCategory) {
            case ("\n", _): safe += "\\n"
            case ("\r", _): safe += "\\r"
            case ("\t", _): safe += "\\t"
            case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator):
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// RFC 3339 in local time with milliseconds and offset.
    private static func stamp(_ time: timespec) -> String {
        var seconds = time.tv_sec
        var parts = unsafe tm()
        guard unsafe localtime_r(&seconds, &parts) != nil else { return "-" }
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let thousandths = "\(1000 + time.tv_nsec / 1_000_000)".dropFirst()
        let offset = unsafe parts.tm_gmtoff / 60
        let zone = "\(offset < 0 ? "-" : "+")\(two(Int32(abs(offset) / 60))):\(two(Int32(abs(offset) % 60)))"
        return unsafe "\(1900 + parts.tm_year)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(thousandths)\(zone)"
    }
}

internal import Glibc
package import Logging

/// Writes log messages where the service's log is: to the journal with fields, or as lines on standard error.
package struct ServiceLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    private let identifier: String
    private let destination: LogDestination
    private let threshold: LogThreshold
    private var ownLevel: Logger.Level?

    /// - Parameter identifier: the program's name, `SYSLOG_IDENTIFIER` in the journal.
    package init(identifier: String, threshold: LogThreshold, destination: LogDestination = .detected) {
        self.identifier = identifier
        self.threshold = threshold
        self.destination = destination
    }

    /// The shared threshold, unless this logger was given a level of its own.
    package var logLevel: Logger.Level {
        get { ownLevel ?? threshold.level }
        set { ownLevel = newValue }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let line = LogLine(event, metadata: metadata, provider: metadataProvider)
        switch destination {
        case .journal:
            let entry = JournalEntry(line, identifier: identifier, file: event.file, lineNumber: event.line)
            // The stream that standard error is takes a priority in front of each line (sd-daemon(3)).
            if !entry.send() { Self.write("<\(line.level.priority)>\(line.text)") }
        case .standardError:
            var time = timespec()
            unsafe clock_gettime(CLOCK_REALTIME, &time)
            Self.write(line.text(at: time))
        }
    }

    /// One call for the whole line, so that lines of several threads do not mix.
    private static func write(_ text: String) {
        let bytes = Array("\(text)\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

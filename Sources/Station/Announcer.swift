internal import Health
internal import Logging
internal import Publishing

/// Says what happens to everyone who should know: the journal, and MQTT where it is switched on.
///
/// Nothing here waits: the publisher queues, the journal takes a datagram.
final class Announcer: Sendable {
    let station: String
    let boot: String
    let logger: Logger
    private let publisher: Publisher?

    init(station: String, boot: String, logger: Logger, publisher: Publisher?) {
        self.station = station
        self.boot = boot
        self.logger = logger
        self.publisher = publisher
    }

    /// - Parameters:
    ///   - why: a sentence of the case at hand, after the code's own.
    ///   - data: named values for machines.
    func event(_ code: EventCode, line: LineName? = nil, why: String? = nil, data: [String: String] = [:]) {
        var details = data.mapValues { Logger.MetadataValue.string($0) }
        if let why { details["reason"] = "\(why)" }
        logger.event(code, line: line?.description, details)
        let now = Timestamp.now()
        publisher?.publish(
            EventMessage(
                id: UUIDv7(time: now), boot: boot, station: station, code: code.rawValue,
                severity: Self.severity(of: code), line: line,
                text: why.map { "\(code.message): \($0)" } ?? code.message,
                at: now, data: data.mapValues { .text($0) }))
    }

    /// - Returns: the verdict's number; nil where nothing is published.
    func verdict(_ message: VerdictMessage, line: LineName) -> UInt64? { publisher?.publish(message, line: line) }

    func continueNumbering(of line: LineName, after sequence: UInt64) {
        publisher?.continueNumbering(of: line, after: sequence)
    }

    func overlay(_ jpeg: [UInt8], line: LineName) { publisher?.publishOverlay(jpeg, line: line) }
    func supportSet(_ message: SupportSetMessage) { publisher?.update(message) }
    func camera(_ message: CameraMessage) { publisher?.update(message) }
    func health(_ message: HealthMessage) { publisher?.update(message) }

    func status(_ lines: [LineStatus]) {
        let waiting = lines.first { $0.state == .waiting }
        publisher?.updateStatus(lines: lines, reason: waiting.map { $0.reason ?? "line_waiting" })
    }

    var counters: PublisherCounters { publisher?.counters ?? PublisherCounters() }

    /// Whether anything would be sent at all; false with MQTT switched off or the broker away.
    var isConnected: Bool { publisher?.isConnected ?? false }

    private static func severity(of code: EventCode) -> EventMessage.Severity {
        switch code.severity {
        case .notice: .notice
        case .warning: .warning
        case .error, .critical: .error
        }
    }
}

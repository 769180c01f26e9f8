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

    /// - Parameter onNumber: told the verdict's number once it is certain.
    /// - Returns: false where nothing is published and numbered.
    func verdict(_ message: VerdictMessage, line: LineName, onNumber: (@Sendable (UInt64) -> Void)?) -> Bool {
        guard let publisher else { return false }
        publisher.publish(message, line: line, onNumber: onNumber)
        return true
    }

    func overlay(_ jpeg: [UInt8], line: LineName) { publisher?.publishOverlay(jpeg, line: line) }
    func supportSet(_ message: SupportSetMessage) { publisher?.update(message) }
    func camera(_ message: CameraMessage) { publisher?.update(message) }
    func health(_ message: HealthMessage) { publisher?.update(message) }

    func status(_ lines: [LineStatus]) {
        let waiting = lines.first { $0.state == .waiting }
        let reason = waiting.map { $0.reason ?? "line_waiting" } ?? outboxFault?.code
        publisher?.updateStatus(reason == nil ? .online : .degraded, reason: reason, lines: lines)
    }

    /// Why verdicts and events wait in memory although they should be kept on disk.
    var outboxFault: OutboxFault? { publisher?.outboxFault }

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

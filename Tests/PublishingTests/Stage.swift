import AssayTestSupport
import Foundation
import Publishing
import Synchronization
import Verdicts

/// A publisher whose notices are kept.
final class Stage: Sendable {
    let publisher: Publisher
    let line: LineName
    private let kept: Notices

    private final class Notices: Sendable {
        let all = Mutex<[PublisherNotice]>([])
    }

    init(
        port: UInt16, name: String = "assay-press-4", credentials: MQTTCredentials? = nil,
        leaseInterval: Duration = .seconds(10), outbox: OutboxSettings = OutboxSettings(), host: String = "127.0.0.1",
        encryption: TLSSettings? = nil, boot: String = Specimens.boot, commands: [CommandName] = [],
        homeAssistantPrefix: String? = nil, formerHomeAssistantPrefix: String? = nil, backoff: Backoff = .quick
    ) throws {
        line = try LineName("tray")
        let kept = Notices()
        self.kept = kept
        let settings = try PublisherSettings(
            mqtt: MQTTSettings(
                host: host, port: port, clientIdentifier: name, credentials: .known(credentials),
                keepAlive: .seconds(5), encryption: encryption, backoff: backoff),
            topics: Topics(station: "press-4"), station: "press-4", boot: boot, version: "0.1.0",
            leaseInterval: leaseInterval, outbox: outbox, commands: commands,
            homeAssistantPrefix: homeAssistantPrefix, formerHomeAssistantPrefix: formerHomeAssistantPrefix)
        publisher = try Publisher(settings) { notice in kept.all.withLock { $0.append(notice) } }
        publisher.updateStatus(lines: [LineStatus(line, .judging)])
    }

    var topics: Topics { publisher.topics }
    var notices: [PublisherNotice] { kept.all.withLock { $0 } }

    func publish(_ count: Int) {
        for _ in 0..<count { publisher.publish(Specimens.verdict(line, Specimens.fail(findingCount: 1)), line: line) }
    }

    func deliveries(_ ear: Ear) throws -> [Delivery] {
        try ear.messages(on: topics.verdict(line)).map {
            try JSONDecoder().decode(VerdictMessage.self, from: Data($0.payload)).delivery
        }
    }

    func statuses(_ ear: Ear) throws -> [StatusMessage] {
        try ear.messages(on: topics.status).map {
            try JSONDecoder().decode(StatusMessage.self, from: Data($0.payload))
        }
    }
}

extension Backoff {
    /// For tests in which waiting proves nothing.
    static let quick = Backoff(shortest: .milliseconds(20), longest: .milliseconds(200))
}

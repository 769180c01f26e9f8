internal import Synchronization

/// Keeps one connection to a broker, for ever, on a thread of its own.
///
/// Every call of the C library is made on that thread. Others ring it awake and never wait for it.
package final class MQTTClient: Sendable {
    private let settings: MQTTSettings
    private let wakeup: Wakeup
    private let isEnding = Atomic<Bool>(false)

    /// A connection that lasted this long has proved itself, and the delays start from the shortest again.
    private static let stableAfter = Duration.seconds(10)

    /// The same where another client fights for the connection: longer than the other one waits at most, so that two
    /// stations of one name come to rest at the longest delay.
    private static let stableAfterWhenContested = Duration.seconds(120)

    /// A broker that accepts a socket answers the first packet within this time.
    private static let answerTimeout = Duration.seconds(10)

    /// - Throws: `refused` when the system has no descriptor left.
    package init(_ settings: MQTTSettings) throws(PublishingError) {
        self.settings = settings
        wakeup = try Wakeup()
    }

    /// Starts the network thread, which keeps this client and `role` alive until it ends.
    ///
    /// - Throws: `refused` when the system has no thread left.
    package func start(_ role: any MQTTRole) throws(PublishingError) {
        try NetworkThread.start(name: "assay-mqtt") { [self] in
            run(role)
            role.ended()
        }
    }

    /// Has the role's next turn come at once.
    package func wake() { wakeup.ring() }

    /// Asks the role to finish what it must and ends the thread.
    package func end() {
        isEnding.store(true, ordering: .releasing)
        wakeup.ring()
    }

    private var mustEnd: Bool { isEnding.load(ordering: .acquiring) }

    private func run(_ role: any MQTTRole) {
        var backoff = settings.backoff
        var version = VersionChoice()
        var shortLivedCount = 0
        while !mustEnd {
            let attempt = attempt(role, version: &version)
            guard var fault = attempt.fault else { return }
            if attempt.wasStable { backoff.reset() }
            shortLivedCount = attempt.wasShortLived && !role.isAtMessage ? shortLivedCount + 1 : 0
            if shortLivedCount >= 3, case .lost = fault { fault = .contested }
            if attempt.retriesAtOnce { continue }
            let delay = backoff.next(random: Double.random(in: 0..<1))
            role.closed(fault, nextAttemptIn: delay)
            let deadline = ContinuousClock.now + delay
            while !mustEnd, case let rest = deadline - ContinuousClock.now, rest > .zero {
                _ = wakeup.wait(socket: -1, forWriting: false, timeout: rest)
            }
        }
    }

    /// How a connection ended; without a fault it was ended on purpose.
    private struct Attempt {
        var fault: ConnectionFault?
        var wasStable = false
        var wasShortLived = false
        var retriesAtOnce = false
    }

    private func attempt(_ role: any MQTTRole, version: inout VersionChoice) -> Attempt {
        let connection: MQTTConnection
        do {
            connection = try MQTTConnection(
                settings, version: version.offer, will: role.will(), receiveLimit: role.receiveLimit)
        } catch {
            return Attempt(fault: .unusable(reason: error.description))
        }
        if let fault = connection.connect(settings) { return Attempt(fault: fault) }
        let answerDeadline = ContinuousClock.now + MQTTClient.answerTimeout
        var openedAt: ContinuousClock.Instant?
        var sleep = Duration.seconds(1)
        while true {
            let ready = wakeup.wait(
                socket: connection.socket, forWriting: connection.wantsToWrite, timeout: min(sleep, .seconds(1)))
            var events = connection.keepAlive()
            if ready.isReadable { events += connection.read() }
            if ready.isWritable { events += connection.write() }
            for event in events {
                switch event {
                case .answered(0):
                    openedAt = ContinuousClock.now
                    version.accepted()
                    role.opened(connection)
                case .answered(let code):
                    let fault = ConnectionFault(answer: code)
                    let retries = fault == .versionRefused && version.refused()
                    return Attempt(fault: fault, retriesAtOnce: retries)
                case .acknowledged(let identifier, let code):
                    role.acknowledged(identifier, isAccepted: code < 0x80)
                case .received(let message):
                    role.received(message)
                case .subscribed(let identifier, let isGranted):
                    role.subscribed(identifier, isGranted: isGranted)
                case .ended(let code):
                    if let fault = connection.encryptionFault(settings) { return broken(fault, since: openedAt, role) }
                    if openedAt == nil {
                        version.hungUp()
                        if settings.encryption != nil { return Attempt(fault: .brokenOff) }
                    }
                    return broken(ConnectionFault(end: code), since: openedAt, role)
                }
            }
            guard connection.socket >= 0 else {
                let fault = connection.encryptionFault(settings) ?? .lost(reason: "the socket is closed")
                return broken(fault, since: openedAt, role)
            }
            if openedAt != nil {
                switch role.turn(connection, isEnding: mustEnd) {
                case .sleep(let longest): sleep = longest
                case .disconnect:
                    connection.disconnect()
                    return Attempt()
                }
            } else if mustEnd {
                return Attempt()
            } else if ContinuousClock.now > answerDeadline {
                return Attempt(fault: .silent)
            }
        }
    }

    private func broken(
        _ fault: ConnectionFault, since opening: ContinuousClock.Instant?, _ role: any MQTTRole
    ) -> Attempt {
        guard let opening else { return Attempt(fault: fault) }
        let age = ContinuousClock.now - opening
        let isContested = fault == .takenOver || role.isContested
        let limit = isContested ? MQTTClient.stableAfterWhenContested : MQTTClient.stableAfter
        return Attempt(fault: fault, wasStable: age >= limit, wasShortLived: age < MQTTClient.stableAfter)
    }
}

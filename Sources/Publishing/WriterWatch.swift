/// Notices that someone else speaks as this station, and when that is over; a pure machine.
///
/// What an earlier run of this very station left behind (its retained status, its will) is no sign.
package struct WriterWatch: Sendable {
    private let boot: String
    private let startedAt: Timestamp
    private var lastSign: ContinuousClock.Instant?
    private var connectionCount = 0

    /// Who was noticed, until it is over.
    package private(set) var rival: SecondWriter?

    /// Without a sign for so long, the other one is taken for gone: longer than its attempts to connect lie apart.
    package static let patience = Duration.seconds(120)

    /// What is new.
    package enum Change: Equatable, Sendable {
        case appeared(SecondWriter)
        case gone
    }

    /// - Parameter boot: identifies this run of the daemon in its own status messages.
    package init(boot: String, startedAt: Timestamp) {
        self.boot = boot
        self.startedAt = startedAt
    }

    package mutating func opened() { connectionCount += 1 }

    /// A status came in on this station's topic.
    ///
    /// A retained one that is younger than this run can only be another's when this run has published before; a live one
    /// is another's unless it is a will, which the broker may say late of an earlier run.
    package mutating func heard(_ status: StatusMessage, isRetained: Bool, at now: ContinuousClock.Instant) -> Change? {
        guard status.lease.boot != boot else { return nil }
        if isRetained {
            guard connectionCount > 1, let at = Timestamp(parsing: status.lease.at), startedAt < at else { return nil }
        } else if status.state == .offline {
            return nil
        }
        return sign(of: .station(boot: status.lease.boot), at: now)
    }

    /// A connection ended.
    package mutating func ended(by fault: ConnectionFault, at now: ContinuousClock.Instant) -> Change? {
        switch fault {
        case .takenOver, .contested: sign(of: .client, at: now)
        default: nil
        }
    }

    /// Looks whether it is over; to be called now and then while connected.
    package mutating func look(at now: ContinuousClock.Instant) -> Change? {
        guard rival != nil, let lastSign, now - lastSign > Self.patience else { return nil }
        rival = nil
        self.lastSign = nil
        return .gone
    }

    private mutating func sign(of writer: SecondWriter, at now: ContinuousClock.Instant) -> Change? {
        lastSign = now
        guard rival == nil else { return nil }
        rival = writer
        return .appeared(writer)
    }
}

/// Finds the message at which a broker ends the connection again and again.
///
/// A broker of MQTT 3.1.1 has no other word for a message that it will never take, one that is too long for it above
/// all. After a connection broke, messages go out one at a time on the next ones, each once the broker has answered to
/// the one before: so it is known which one was under way at a break, and the one at which several in a row broke is
/// given up. Before it is tried again a connection has to hold for a moment without it: a wire that breaks by itself
/// shows itself so, and clears the message. A connection that never came about, that broke before the broker answered to anything, or that ended for a
/// reason of its own counts against no message, however often.
package struct Caution: Sendable {
    /// A message that may be why a connection broke.
    package struct Subject: Hashable, Sendable {
        package let topic: String
        package let byteCount: Int

        /// Of a message of the outbox; nil for any other.
        package let ticket: UInt64?

        package init(topic: String, byteCount: Int, ticket: UInt64? = nil) {
            self.topic = topic
            self.byteCount = byteCount
            self.ticket = ticket
        }
    }

    /// Breaks in a row at one message after which it is given up.
    package static let mostBreaks = 4

    /// How long a connection has to hold before a message at which one broke is tried again.
    package static let quiet = Duration.milliseconds(500)

    /// A connection that holds so long has taken what there was.
    package static let patience = Duration.seconds(30)

    /// One message at a time.
    package private(set) var isCareful = false
    private var openedAt: ContinuousClock.Instant?

    /// The broker answered to something on this connection.
    private var isProven = false
    private var underWay: (subject: Subject?, identifier: Int32)?
    private var breaks: (subject: Subject, count: Int)?

    /// The bytes of the shortest message given up, by topic; those of the outbox go for good.
    private var limits: [String: Int] = [:]

    package init() {}

    package mutating func opened(at now: ContinuousClock.Instant) {
        openedAt = now
        isProven = false
        underWay = nil
    }

    /// Whether nothing may go out before the broker has answered.
    package var mustWait: Bool { underWay != nil }

    /// Whether only what proves the connection may go out now.
    package func mustHold(at now: ContinuousClock.Instant) -> Bool {
        guard breaks != nil, let openedAt else { return false }
        return now - openedAt < Self.quiet
    }

    /// Ends the care when the connection has held long enough.
    package mutating func look(at now: ContinuousClock.Instant) {
        guard isCareful, let openedAt, now - openedAt > Self.patience else { return }
        isCareful = false
        underWay = nil
        breaks = nil
    }

    /// Whether a message is not one of those at which connections broke.
    package func allows(_ message: MQTTMessage) -> Bool {
        limits[message.topic].map { message.payload.count < $0 } ?? true
    }

    /// A message was handed to the connection.
    ///
    /// - Parameter subject: nil for one that is never given up.
    package mutating func departed(_ subject: Subject?, as identifier: Int32) {
        if isCareful { underWay = (subject, identifier) }
    }

    /// The broker answered to a message.
    package mutating func answered(_ identifier: Int32) {
        isProven = true
        guard let underWay, underWay.identifier == identifier else { return }
        if underWay.subject == breaks?.subject { breaks = nil }
        self.underWay = nil
    }

    /// The message that the end of the present connection, should it come now, may be put down to.
    package var suspect: Subject? { isCareful && isProven ? underWay?.subject : nil }

    /// A connection ended, or did not come about.
    ///
    /// - Returns: what is to be given up.
    package mutating func closed(_ fault: ConnectionFault) -> Subject? {
        defer {
            openedAt = nil
            underWay = nil
        }
        guard openedAt != nil, case .lost = fault, let suspect else {
            // The broker may be another one from now on, and connections break without that message too.
            limits = [:]
            if openedAt != nil { breaks = nil }
            if openedAt != nil, case .lost = fault { isCareful = true }
            return nil
        }
        let count = breaks?.subject == suspect ? (breaks?.count ?? 0) + 1 : 1
        breaks = (suspect, count)
        guard count >= Self.mostBreaks else { return nil }
        breaks = nil
        if suspect.ticket == nil { limits[suspect.topic] = suspect.byteCount }
        return suspect
    }
}

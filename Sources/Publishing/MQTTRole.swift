/// What a client does with its connection: publishing or watching.
///
/// All calls come from the network thread, one after the other.
package protocol MQTTRole: AnyObject, Sendable {
    /// What the broker is to say when this client vanishes; asked before each attempt.
    func will() -> MQTTMessage?

    /// Bytes of a message that are of interest; of a longer one just so many and one more come.
    var receiveLimit: Int { get }

    /// The broker accepted the connection.
    func opened(_ connection: borrowing MQTTConnection)

    /// The broker has a message, or refuses it.
    func acknowledged(_ identifier: Int32, isAccepted: Bool)

    /// A message came in.
    func received(_ message: MQTTMessage)

    /// The broker answered a subscription.
    func subscribed(_ identifier: Int32, isGranted: Bool)

    /// Another client fights for the connection: only one that holds for long has proved itself.
    var isContested: Bool { get }

    /// Should the connection end now, it may be for a message that is under way.
    var isAtMessage: Bool { get }

    /// The thread is awake and connected: the time to send.
    ///
    /// - Returns: how long the thread may sleep when nobody wakes it, or that the connection is to end.
    func turn(_ connection: borrowing MQTTConnection, isEnding: Bool) -> MQTTTurn

    /// There is no connection (any more); the next attempt follows after `delay`.
    func closed(_ fault: ConnectionFault, nextAttemptIn delay: Duration)

    /// The client has ended; no call follows.
    func ended()
}

extension MQTTRole {
    package var receiveLimit: Int { .max }
    package var isContested: Bool { false }
    package var isAtMessage: Bool { false }
}

/// What a role wants of the network thread next.
package enum MQTTTurn: Equatable, Sendable {
    case sleep(atMost: Duration)
    case disconnect
}

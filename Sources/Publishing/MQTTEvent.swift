/// What the library reports.
enum MQTTEvent: Equatable {
    /// The broker answered the first packet; 0 means that it accepts.
    case answered(code: Int32)

    /// The broker has the message, or says why it does not take it (codes from 0x80).
    case acknowledged(identifier: Int32, code: Int32)
    case received(MQTTMessage)

    /// The broker's answer to a subscription.
    case subscribed(identifier: Int32, isGranted: Bool)

    /// The connection ended: a reason code of the broker (from 0x80) or an error of the library.
    case ended(code: Int32)
}

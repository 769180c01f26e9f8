/// A message of which none may go missing unannounced: a verdict or an event.
///
/// What depends on the delivery (`seq`, `historical`, `dropped_before`) is only known when the message is sent for the
/// first time, so these members come first and the rest, the body, is written before.
package protocol SequencedMessage: WireMessage {
    var id: String { get }
    var boot: String { get }
    var delivery: Delivery { get }
}

/// How a sequenced message came to its subscriber.
package struct Delivery: Equatable, Sendable {
    /// Counts the messages of one line, or the events of the station; never reused.
    package var sequence: UInt64

    /// The message was made while the broker was out of reach and is late.
    package var isHistorical: Bool

    /// How many messages just before this one were given up.
    package var droppedBefore: UInt64

    package init(sequence: UInt64, isHistorical: Bool = false, droppedBefore: UInt64 = 0) {
        self.sequence = sequence
        self.isHistorical = isHistorical
        self.droppedBefore = droppedBefore
    }
}

/// The part of a sequenced message's head that never changes.
package struct MessageHead: Equatable, Sendable {
    package let schema: String
    package let id: String
    package let boot: String

    package init(schema: String, id: String, boot: String) {
        self.schema = schema
        self.id = id
        self.boot = boot
    }

    /// The whole message: the head with `delivery`, then the members of `body`, itself a JSON object.
    package func sealed(_ delivery: Delivery, body: [UInt8]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", schema)
            writer.member("id", id)
            writer.member("boot", boot)
            writer.member("seq", delivery.sequence)
            writer.member("historical", delivery.isHistorical)
            if delivery.droppedBefore > 0 { writer.member("dropped_before", delivery.droppedBefore) }
        }
        var bytes = writer.bytes
        guard body.count > 2 else { return bytes }
        bytes.reserveCapacity(bytes.count + body.count)
        bytes[bytes.count - 1] = UInt8(ascii: ",")
        bytes.append(contentsOf: body.dropFirst())
        return bytes
    }
}

extension SequencedMessage {
    package var head: MessageHead { MessageHead(schema: Self.schema, id: id, boot: boot) }

    /// The members after the head, as a JSON object.
    package func body() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writeMembers(to: &$0) }
        return writer.bytes
    }

    package func json() -> [UInt8] { head.sealed(delivery, body: body()) }
}

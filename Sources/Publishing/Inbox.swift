internal import CMosquitto

/// Collects what the library's callbacks say, for the network thread to look at afterwards.
///
/// The callbacks run inside the library's read and write calls, on the network thread; nothing else happens in them.
final class Inbox {
    private var events: [MQTTEvent] = []
    private(set) var encryption = TLSFault()

    /// Of a longer message only one byte more is kept: enough to see that it is too long.
    private let receiveLimit: Int

    init(receiveLimit: Int) { self.receiveLimit = receiveLimit }

    func take() -> [MQTTEvent] {
        guard !events.isEmpty else { return [] }
        let taken = events
        events.removeAll(keepingCapacity: true)
        return taken
    }

    /// Has the callbacks of `handle`, whose user data is an inbox, put their news into it.
    static func listen(to handle: OpaquePointer) {
        unsafe mosquitto_connect_v5_callback_set(handle) { _, context, code, _, _ in
            unsafe Inbox.of(context)?.events.append(.answered(code: code))
        }
        unsafe mosquitto_disconnect_v5_callback_set(handle) { _, context, code, _ in
            unsafe Inbox.of(context)?.events.append(.ended(code: code))
        }
        unsafe mosquitto_publish_v5_callback_set(handle) { _, context, identifier, code, _ in
            unsafe Inbox.of(context)?.events.append(.acknowledged(identifier: identifier, code: code))
        }
        unsafe mosquitto_subscribe_callback_set(handle) { _, context, identifier, count, granted in
            var isGranted = true
            for index in 0..<Int(count) where unsafe granted?[index] ?? 128 >= 128 { isGranted = false }
            unsafe Inbox.of(context)?.events.append(
                .subscribed(identifier: identifier, isGranted: isGranted))
        }
        unsafe mosquitto_log_callback_set(handle) { handle, context, level, line in
            guard level == Int32(MOSQ_LOG_ERR), let line = unsafe line, let inbox = unsafe Inbox.of(context) else {
                return
            }
            let session = unsafe mosquitto_ssl_get(handle).map { OpaquePointer($0) }
            unsafe inbox.encryption.note(String(cString: line), session: session)
        }
        unsafe mosquitto_message_v5_callback_set(handle) { _, context, message, properties in
            guard let message = unsafe message?.pointee, let topic = unsafe message.topic,
                let inbox = unsafe Inbox.of(context)
            else { return }
            // unsafe: the library gives payloadlen bytes, which live until this callback returns
            let bytes = unsafe UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
            let kept = inbox.receiveLimit < Int.max ? inbox.receiveLimit + 1 : Int.max
            let copy = unsafe MQTTMessage(
                topic: String(cString: topic), payload: Array(bytes.prefix(kept)),
                qualityOfService: message.qos == 0 ? .atMostOnce : .atLeastOnce, isRetained: message.retain,
                properties: MQTTProperties(reading: properties))
            inbox.events.append(.received(copy))
        }
    }

    /// unsafe: the context is the inbox that the connection keeps as long as its handle.
    private static func of(_ context: UnsafeMutableRawPointer?) -> Inbox? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<Inbox>.fromOpaque(context).takeUnretainedValue()
    }
}

internal import CMosquitto
internal import Glibc

/// One attempt to talk to a broker, from the first packet to the last: the owner of a libmosquitto instance.
///
/// Each attempt has an instance of its own, so that the library has nothing left to send again after a reconnect; what
/// is sent again, and with which bytes, is the outgoing queue's to say. Used by the network thread only.
@safe package struct MQTTConnection: ~Copyable {
    // unsafe: libmosquitto's handle; made in init, freed in deinit, used by one thread
    private let handle: OpaquePointer

    /// Lives at least as long as the handle, whose callbacks point to it.
    private let inbox: Inbox

    private let version: MQTTVersion
    private let receiveLimit: Int

    private static let library = mosquitto_lib_init()

    /// Prepares a connection; nothing is sent yet.
    ///
    /// - Throws: `refused` when the library cannot be set up as asked, `badFile` for a file that TLS cannot use.
    ///
    /// - Parameter receiveLimit: bytes of a message that are of interest.
    init(
        _ settings: MQTTSettings, version: MQTTVersion, will: MQTTMessage?, receiveLimit: Int
    ) throws(PublishingError) {
        try MQTTConnection.check(MQTTConnection.library, "mosquitto_lib_init")
        let inbox = Inbox(receiveLimit: receiveLimit)
        // unsafe: the inbox is kept by this value and the handle is destroyed before it is let go
        let context = unsafe Unmanaged.passUnretained(inbox).toOpaque()
        guard let handle = unsafe mosquitto_new(settings.clientIdentifier, true, context) else {
            throw .refused(call: "mosquitto_new", reason: "out of memory")
        }
        do throws(PublishingError) {
            try unsafe MQTTConnection.configure(handle, settings, version: version, will: will)
        } catch {
            unsafe mosquitto_destroy(handle)
            throw error
        }
        unsafe self.handle = unsafe handle
        self.inbox = inbox
        self.receiveLimit = receiveLimit
        self.version = version
        unsafe Inbox.listen(to: handle)
    }

    deinit { unsafe mosquitto_destroy(handle) }

    static func check(_ status: Int32, _ call: String) throws(PublishingError) {
        guard status == success else { throw .refused(call: call, reason: text(of: status)) }
    }

    private static let success = Int32(MOSQ_ERR_SUCCESS.rawValue)

    static func text(of status: Int32) -> String {
        if status == Int32(MOSQ_ERR_ERRNO.rawValue) { return SystemError.last }
        guard let text = unsafe mosquitto_strerror(status) else { return "error \(status)" }
        return unsafe String(cString: text)
    }

    /// Connects the socket and sends the first packet; blocks for name look-up and connection.
    func connect(_ settings: MQTTSettings) -> ConnectionFault? {
        let seconds = Int32(clamping: settings.keepAlive.components.seconds)
        var properties: OpaquePointer?
        defer { unsafe mosquitto_property_free_all(&properties) }
        if version == .v5, let limit = UInt32(exactly: receiveLimit.addingReportingOverflow(65_536).partialValue) {
            // What is far longer than anything of interest shall not even be sent here, and kept in memory.
            _ = unsafe mosquitto_property_add_int32(
                &properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), limit)
        }
        let status = unsafe mosquitto_connect_bind_v5(
            handle, settings.host, Int32(settings.port), seconds, nil, properties)
        guard status != MQTTConnection.success else { return nil }
        let isBrokenOff = status == Int32(MOSQ_ERR_ERRNO.rawValue) && errno == EPROTO
        let text = MQTTConnection.text(of: status)
        if let fault = encryptionFault(settings) { return fault }
        if settings.encryption != nil, isBrokenOff { return .brokenOff }
        return .unreachable(reason: "\(settings.host):\(settings.port): \(text)")
    }

    /// What is wrong with the encryption, when that is what ended the connection.
    func encryptionFault(_ settings: MQTTSettings) -> ConnectionFault? {
        settings.encryption == nil ? nil : inbox.encryption.fault(host: settings.host)
    }

    /// -1 when there is no socket (any more).
    var socket: Int32 { unsafe mosquitto_socket(handle) }
    var wantsToWrite: Bool { unsafe mosquitto_want_write(handle) }

    /// Reads what is there and hands back what happened; the socket is gone afterwards when the connection broke.
    func read() -> [MQTTEvent] {
        _ = unsafe mosquitto_loop_read(handle, 1)
        return inbox.take()
    }

    func write() -> [MQTTEvent] {
        _ = unsafe mosquitto_loop_write(handle, 1)
        return inbox.take()
    }

    /// Sends and checks pings; to be called about once a second.
    func keepAlive() -> [MQTTEvent] {
        _ = unsafe mosquitto_loop_misc(handle)
        return inbox.take()
    }

    /// Hands a message over for sending.
    ///
    /// - Returns: the identifier under which it will be acknowledged.
    package func publish(_ message: MQTTMessage) throws(PublishProblem) -> Int32 {
        var identifier: Int32 = 0
        // MQTT 3.1.1 knows no properties, and the library refuses them there.
        let properties = version == .v5 ? message.properties : MQTTProperties()
        let status = unsafe properties.withList { list in
            unsafe message.payload.withUnsafeBytes { payload in
                unsafe mosquitto_publish_v5(
                    handle, &identifier, message.topic, Int32(clamping: payload.count), payload.baseAddress,
                    message.qualityOfService.rawValue, message.isRetained, list)
            }
        }
        switch status {
        case MQTTConnection.success: return identifier
        case Int32(MOSQ_ERR_NO_CONN.rawValue), Int32(MOSQ_ERR_CONN_LOST.rawValue), Int32(MOSQ_ERR_ERRNO.rawValue),
            Int32(MOSQ_ERR_NOMEM.rawValue):
            throw .notConnected
        default: throw .unsendable(reason: MQTTConnection.text(of: status))
        }
    }

    /// Asks for the messages whose topics match.
    package func subscribe(_ filter: String, _ qualityOfService: MQTTMessage.QualityOfService) -> ConnectionFault? {
        let status = unsafe mosquitto_subscribe(handle, nil, filter, qualityOfService.rawValue)
        return status == MQTTConnection.success ? nil : .lost(reason: MQTTConnection.text(of: status))
    }

    /// Asks for the messages of a topic, each with the retain flag that its sender gave it (MQTT 5).
    package func subscribeAsPublished(_ topic: String) -> ConnectionFault? {
        // MQTT 3.1.1 knows no options.
        let options = version == .v5 ? Int32(MQTT_SUB_OPT_RETAIN_AS_PUBLISHED.rawValue) : 0
        let status = unsafe mosquitto_subscribe_v5(handle, nil, topic, 1, options, nil)
        return status == MQTTConnection.success ? nil : .lost(reason: MQTTConnection.text(of: status))
    }

    /// Asks for what others send on a topic; with MQTT 3.1.1 this client's own messages come back too.
    ///
    /// - Returns: what the broker's answer will be known by; nil when the connection broke.
    func subscribeToOthers(_ topic: String) -> Int32? {
        let options = version == .v5 ? Int32(MQTT_SUB_OPT_NO_LOCAL.rawValue) : 0
        var identifier: Int32 = 0
        let status = unsafe mosquitto_subscribe_v5(handle, &identifier, topic, 1, options, nil)
        return status == MQTTConnection.success ? identifier : nil
    }

    /// Says goodbye; the broker then forgets the will.
    func disconnect() {
        _ = unsafe mosquitto_disconnect(handle)
    }
}

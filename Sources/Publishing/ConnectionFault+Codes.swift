internal import CMosquitto

extension ConnectionFault {
    /// The meaning of a broker's refusing answer: 1 to 5 in MQTT 3.1.1, from 0x80 in MQTT 5.
    init(answer code: Int32) {
        switch code {
        case 0x01, 0x84: self = .versionRefused
        case 0x04, 0x05, 0x86, 0x87: self = .notAuthorised(reason: ConnectionFault.text(of: code))
        default: self = .refused(reason: ConnectionFault.text(of: code))
        }
    }

    /// The meaning of an end: from 0x80 the broker's reason, below an error of the library.
    init(end code: Int32) {
        switch code {
        case 0x8E: self = .takenOver
        case Int32(MOSQ_ERR_KEEPALIVE.rawValue): self = .fellSilent
        case 0x89, 0x8B, 0x8D, 0x96...0x98, 0x9C, 0x9D: self = .sentAway(reason: ConnectionFault.text(of: code))
        case 0x80...: self = .lost(reason: ConnectionFault.text(of: code))
        default: self = .lost(reason: MQTTConnection.text(of: code))
        }
    }

    private static func text(of code: Int32) -> String {
        let text = code < 0x80 ? unsafe mosquitto_connack_string(code) : unsafe mosquitto_reason_string(code)
        guard let text = unsafe text else { return "code \(code)" }
        return unsafe String(cString: text)
    }
}

internal import CMosquitto
internal import Glibc

extension MQTTProperties {
    /// Reads the properties of a message that came in.
    init(reading list: OpaquePointer?) {
        self.init()
        guard let list = unsafe list else { return }
        var text: UnsafeMutablePointer<CChar>?
        // unsafe: the library allocates what it hands out; it is copied and freed here
        if unsafe mosquitto_property_read_string(list, Self.responseTopicKey, &text, false) != nil,
            let text = unsafe text
        {
            responseTopic = unsafe String(validatingCString: text)
            unsafe free(text)
        }
        var data: UnsafeMutableRawPointer?
        var count: UInt16 = 0
        if unsafe mosquitto_property_read_binary(list, Self.correlationKey, &data, &count, false) != nil {
            correlation = unsafe Array(UnsafeRawBufferPointer(start: data, count: Int(count)))
            unsafe free(data)
        }
        var seconds: UInt32 = 0
        if unsafe mosquitto_property_read_int32(list, Self.expiryKey, &seconds, false) != nil {
            expiry = .seconds(Int64(seconds))
        }
    }

    /// Calls `body` with the properties as the library takes them; nothing when there are none or no memory.
    func withList<Result>(_ body: (OpaquePointer?) -> Result) -> Result {
        var list: OpaquePointer?
        defer { unsafe mosquitto_property_free_all(&list) }
        if let responseTopic {
            _ = unsafe mosquitto_property_add_string(&list, Self.responseTopicKey, responseTopic)
        }
        if let correlation {
            _ = unsafe correlation.withUnsafeBytes {
                unsafe mosquitto_property_add_binary(
                    &list, Self.correlationKey, $0.baseAddress, UInt16(clamping: $0.count))
            }
        }
        if let expiry {
            let seconds = UInt32(clamping: expiry.components.seconds)
            _ = unsafe mosquitto_property_add_int32(&list, Self.expiryKey, seconds)
        }
        return unsafe body(list)
    }

    private static let responseTopicKey = Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue)
    private static let correlationKey = Int32(MQTT_PROP_CORRELATION_DATA.rawValue)
    private static let expiryKey = Int32(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL.rawValue)
}

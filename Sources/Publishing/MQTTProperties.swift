/// What MQTT 5 says beside a message so that it can be answered; empty with MQTT 3.1.1.
package struct MQTTProperties: Equatable, Sendable {
    /// Where the sender waits for the answer.
    package var responseTopic: String?

    /// What the sender knows its answer by; the answer carries it unchanged.
    package var correlation: [UInt8]?

    /// How much longer the message was worth delivering when it came.
    package var expiry: Duration?

    package init(responseTopic: String? = nil, correlation: [UInt8]? = nil, expiry: Duration? = nil) {
        self.responseTopic = responseTopic
        self.correlation = correlation
        self.expiry = expiry
    }
}

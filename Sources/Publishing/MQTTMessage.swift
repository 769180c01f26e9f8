/// A message with its address.
package struct MQTTMessage: Equatable, Sendable {
    package var topic: String
    package var payload: [UInt8]
    package var qualityOfService: QualityOfService

    /// The broker keeps the message for those who subscribe later.
    package var isRetained: Bool
    package var properties: MQTTProperties

    /// How hard the broker is asked to try.
    package enum QualityOfService: Int32, Sendable {
        case atMostOnce = 0
        case atLeastOnce = 1
    }

    package init(
        topic: String, payload: [UInt8], qualityOfService: QualityOfService, isRetained: Bool,
        properties: MQTTProperties = MQTTProperties()
    ) {
        self.properties = properties
        self.topic = topic
        self.payload = payload
        self.qualityOfService = qualityOfService
        self.isRetained = isRetained
    }
}

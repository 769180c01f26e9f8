/// A command that may be given over MQTT.
package enum AllowedCommand: String, CaseIterable, Sendable {
    case inspect, reload
}

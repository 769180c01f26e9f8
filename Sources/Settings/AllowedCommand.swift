/// A command that may be given over MQTT.
package enum AllowedCommand: String, CaseIterable, Sendable {
    case inspect, reload, snapshot, mark
    case prepareSet = "support-set/prepare"
    case activateSet = "support-set/activate"
    case rollBackSet = "support-set/rollback"
}

/// The protocol versions a client offers.
package enum MQTTVersion: Equatable, Sendable {
    case v5
    case v311

    var other: MQTTVersion { self == .v5 ? .v311 : .v5 }
}

/// Someone else who speaks, or connects, as this station.
package enum SecondWriter: Equatable, Sendable {
    /// Another daemon publishes a status on this station's topic.
    case station(boot: String)

    /// Another client connects with this station's identifier, and the broker ends the older connection each time.
    case client
}

extension SecondWriter: CustomStringConvertible {
    package var description: String {
        switch self {
        case .station(let boot):
            """
            another daemon (boot \(PlainText.of(boot, limit: 64))) publishes on this station's topics; give each station \
            a station.name and an mqtt.client_id of its own
            """
        case .client:
            """
            another client connects with the same identifier; give each station a station.name and an mqtt.client_id \
            of its own
            """
        }
    }
}

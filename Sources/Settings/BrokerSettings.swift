/// Where and how the station publishes.
package struct BrokerSettings: Equatable, Sendable {
    package var isEnabled: Bool
    package var host: String
    package var port: Int
    package var username: String?
    /// The file that holds the password. The password itself is never in the settings.
    package var passwordFile: String?
    package var clientID: String
    /// The levels in front of every topic, without a slash at either end.
    package var topicPrefix: String
    package var keepAlive: Duration
    /// Time between two renewals of the lease in `status`.
    package var leaseInterval: Duration
    /// Messages that wait for the broker at most; the oldest go first.
    package var queueRowLimit: Int
    /// Bytes that wait for the broker at most.
    package var queueByteLimit: Int
}

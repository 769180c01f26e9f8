/// A set that is on its way from a server.
package struct SupportSetFetching: Equatable, Sendable {
    /// As the settings name it.
    package var set: String
    package var since: Timestamp

    package init(set: String, since: Timestamp) {
        self.set = set
        self.since = since
    }
}

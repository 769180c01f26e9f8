/// Which protocol version to offer next: 5 first, 3.1.1 when a broker refuses that.
package struct VersionChoice: Equatable, Sendable {
    /// What the next attempt offers.
    package private(set) var offer = MQTTVersion.v5
    private var lastRefused: MQTTVersion?

    package init() {}

    /// A broker accepted the offer; it stays.
    package mutating func accepted() { lastRefused = nil }

    /// A broker refused the offer.
    ///
    /// - Returns: whether the other version is worth an attempt at once, because it was not just refused as well.
    package mutating func refused() -> Bool {
        let isFirst = lastRefused == nil
        lastRefused = isFirst ? offer : nil
        offer = offer.other
        return isFirst
    }

    /// The broker hung up without an answer, as some do on a version that they do not know.
    package mutating func hungUp() { offer = offer.other }
}

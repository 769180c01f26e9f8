/// Notices that certificates of the broker's connection end soon: a connection that stands does not feel it, the next
/// one will not come about.
package struct CertificateWatch: Sendable {
    private var lookedAt: ContinuousClock.Instant?
    private var hasWarned = false

    package init() {}

    /// How often the files are read.
    package static let interval = Duration.seconds(6 * 3600)

    package enum Change: Equatable {
        /// With a sentence for each.
        case ending(String)
        case renewed
    }

    /// Whether it is time to read the files.
    package mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
        if let lookedAt, now - lookedAt < Self.interval { return false }
        lookedAt = now
        return true
    }

    /// - Parameter warnings: what is to be said of the files now; none when all is well.
    package mutating func note(_ warnings: [String]) -> Change? {
        defer { hasWarned = !warnings.isEmpty }
        if warnings.isEmpty { return hasWarned ? .renewed : nil }
        return hasWarned ? nil : .ending(warnings.joined(separator: "; "))
    }
}

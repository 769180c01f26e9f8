internal import Health
internal import Publishing
internal import Settings
internal import Synchronization

extension Station {
    /// Looks now and then how long the certificates of the broker's connection are still good.
    package func lookAtCertificates(at now: ContinuousClock.Instant = .now) {
        guard started.broker.isEnabled, let encryption = started.broker.encryption,
            watch.withLock({ $0.certificates.isDue(at: now) })
        else { return }
        let warnings: [String]
        do throws(PublishingError) {
            warnings = try TLSFiles(checking: TLSSettings(encryption)).terms.compactMap(\.warning)
        } catch {
            // In the middle of a renewal, perhaps: whatever cannot be used then keeps the next connection from coming.
            warnings = [error.description]
        }
        switch watch.withLock({ $0.certificates.note(warnings) }) {
        case .ending(let why): announcer.event(.certificateEnding, why: why)
        case .renewed: announcer.event(.certificateRenewed)
        case nil: break
        }
    }
}

/// The files of TLS settings, read and understood as the connection will read them.
///
/// A connection is never tried with files that are missing, damaged, exposed or do not belong together: what cannot be
/// used is an error, and never a reason to go without.
package struct TLSFiles: Equatable, Sendable {
    /// When the certificates end, in the order certificate, authorities.
    package let terms: [CertificateTerm]

    /// The settings' keys that the files are named by.
    private static let authoritiesKey = "mqtt.tls.ca"
    private static let certificateKey = "mqtt.tls.certificate"
    private static let keyKey = "mqtt.tls.key"

    /// - Throws: `badFile` for the first file that cannot be used.
    package init(checking settings: TLSSettings) throws(PublishingError) {
        var terms: [CertificateTerm] = []
        if let identity = settings.identity {
            let certificate = SettingsFile(key: Self.certificateKey, path: identity.certificate)
            let key = SettingsFile(key: Self.keyKey, path: identity.key)
            try certificate.requireReadable(within: Self.byteLimit)
            try key.requireReadable(within: Self.byteLimit, hiddenFrom: .everyone)
            terms.append(try IdentityCheck.term(of: certificate, key: key))
        }
        if let path = settings.authorities {
            let file = SettingsFile(key: Self.authoritiesKey, path: path)
            terms.append(try AuthoritiesCheck.term(of: file, bytes: file.read(within: Self.byteLimit)))
        } else {
            let folder = SettingsFile(key: Self.authoritiesKey, path: TLSSettings.systemAuthorities)
            try folder.requireFolder(remedy: "install ca-certificates, or name a file of authorities")
        }
        self.terms = terms
    }

    /// A file of all the world's authorities has a quarter of it.
    private static let byteLimit = 1 << 20
}

/// How long a certificate is still good.
package struct CertificateTerm: Equatable, Sendable {
    /// The key of the settings and the file that it names.
    package let key: String
    package let path: String

    /// Whole days until the end; negative after it.
    package let daysLeft: Int

    package var isOver: Bool { daysLeft < 0 }

    /// What to tell an operator; nil while there is time.
    package var warning: String? {
        if isOver { return "\(key): \(path) ended \(-daysLeft - 1) day(s) ago; have it renewed, and check the clock" }
        if daysLeft <= 30 { return "\(key): \(path) ends in \(daysLeft) day(s); have it renewed" }
        return nil
    }
}

/// How the connection to the broker is encrypted and how each end proves who it is.
///
/// There is no way to ask for less: the broker's certificate and host name are always verified.
package struct TLSSettings: Equatable, Sendable {
    /// A PEM file of the authorities that may have signed the broker's certificate; without one those of the system.
    package let authorities: String?

    /// What this station proves itself with, where the broker asks for it.
    package let identity: Identity?

    /// The oldest version of the protocol that is spoken.
    package let minimumVersion: Version

    /// A certificate and the key that belongs to it, two PEM files.
    package struct Identity: Equatable, Sendable {
        /// May hold the certificates of the authorities in between, after the station's own.
        package let certificate: String
        package let key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    package enum Version: String, Sendable, CaseIterable {
        case v12 = "1.2"
        case v13 = "1.3"

        /// As libmosquitto and OpenSSL's tools call it.
        var libraryName: String { "tlsv\(rawValue)" }
    }

    package init(authorities: String? = nil, identity: Identity? = nil, minimumVersion: Version = .v12) {
        self.authorities = authorities
        self.identity = identity
        self.minimumVersion = minimumVersion
    }

    /// Where Debian keeps the authorities that everyone trusts, a link for each.
    static let systemAuthorities = "/etc/ssl/certs"
}

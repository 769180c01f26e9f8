internal import ArgumentParser
internal import Publishing

/// How to reach a plant's broker.
struct BrokerOptions: ParsableArguments {
    @Option(help: "The broker's name or address.")
    var host = "127.0.0.1"

    @Option(help: "The broker's TCP port (usual: 8883 with TLS, 1883 without).")
    var port: UInt16?

    @Option(help: "The user name for the broker.")
    var username: String?

    @Option(help: "A file whose first line is the password, and that only its owner may read.")
    var passwordFile: String?

    @Flag(help: "Encrypt; any of the four options below asks for it too.")
    var tls = false

    @Option(help: "A PEM file of the authorities that may have signed the broker's certificate (usual: the system's).")
    var ca: String?

    @Option(help: "A certificate to prove oneself with, in PEM form.")
    var certificate: String?

    @Option(help: "The key that belongs to the certificate.")
    var key: String?

    @Option(help: "The oldest version of TLS that is spoken: 1.2 or 1.3 (usual: 1.2).")
    var tlsMinimum: String?

    func validate() throws {
        if passwordFile != nil, username == nil { throw ValidationError("--password-file needs --username.") }
        if (certificate == nil) != (key == nil) {
            throw ValidationError("--certificate and --key belong together.")
        }
        if let tlsMinimum, TLSSettings.Version(rawValue: tlsMinimum) == nil {
            throw ValidationError("--tls-minimum must be 1.2 or 1.3.")
        }
    }

    private var encryption: TLSSettings? {
        guard tls || ca != nil || certificate != nil || tlsMinimum != nil else { return nil }
        var identity: TLSSettings.Identity?
        if let certificate, let key { identity = TLSSettings.Identity(certificate: certificate, key: key) }
        let version = tlsMinimum.flatMap { TLSSettings.Version(rawValue: $0) } ?? .v12
        return TLSSettings(authorities: ca, identity: identity, minimumVersion: version)
    }

    /// The broker's port, given or usual.
    var usedPort: UInt16 { port ?? (encryption == nil ? 1883 : 8883) }

    /// - Throws: `CommandFailure` for files that cannot be used.
    func settings() throws -> MQTTSettings {
        do throws(PublishingError) {
            let encryption = encryption
            if let encryption {
                for warning in try TLSFiles(checking: encryption).terms.compactMap(\.warning) {
                    StandardError.write("warning: \(warning)")
                }
            }
            return try MQTTSettings(
                host: host, port: usedPort, clientIdentifier: "assayctl-\(UUIDv7(time: .now()).text)",
                credentials: .known(
                    Credentials.resolve(username: username, passwordFile: passwordFile, folder: nil)),
                encryption: encryption)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}

/// How the connection to the broker is encrypted (`mqtt.tls`).
package struct EncryptionSettings: Equatable, Sendable {
    /// The file of the authorities that may have signed the broker's certificate; nil for those of the system.
    package let authorities: String?

    /// The station's own certificate and its key; both or none.
    package let certificate: String?
    package let key: String?
    package let minimumVersion: Version

    package enum Version: String, CaseIterable, Sendable {
        case v12 = "1.2"
        case v13 = "1.3"
    }

    package init(authorities: String?, certificate: String?, key: String?, minimumVersion: Version) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.minimumVersion = minimumVersion
    }
}

extension EncryptionSettings {
    /// Nil where TLS is not asked for. A section without a key in it is refused: it is more likely half-written than
    /// meant as no encryption.
    static func read(from mqtt: inout SectionReader, findings: inout SettingsFindings) -> EncryptionSettings? {
        let isBare = mqtt.isBare("tls")
        var section = mqtt.section("tls")
        let isEnabled = section.value(SettingsKeys.encryptionIsEnabled) ?? !section.names.isEmpty
        let certificate = section.value(SettingsKeys.certificate)
        let key = section.value(SettingsKeys.certificateKey)
        if certificate != nil, key == nil {
            section.note(SettingsKeys.certificate.facts.name, "needs the key that belongs to it beside it")
        }
        if key != nil, certificate == nil {
            section.note(SettingsKeys.certificateKey.facts.name, "needs the certificate that it belongs to beside it")
        }
        let encryption = EncryptionSettings(
            authorities: section.value(SettingsKeys.authorities), certificate: certificate, key: key,
            minimumVersion: section.settled(SettingsKeys.minimumVersion))
        section.finish(into: &findings)
        if isBare {
            mqtt.note("tls", "says nothing; write enabled: true for TLS, or leave the section out")
        }
        return isEnabled ? encryption : nil
    }
}

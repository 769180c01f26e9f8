internal import Settings
internal import Testing

/// `mqtt.tls`: what asks for encryption, and that nothing half-written goes without.
@Suite struct EncryptionSettingsTests {
    private func broker(_ text: String, _ dropIn: String? = nil) throws -> BrokerSettings {
        let folder = try SettingsFolder(text)
        if let dropIn { try folder.dropIn("x.yaml", dropIn) }
        return try folder.settings().broker
    }

    @Test func withoutASectionThereIsNone() throws {
        let broker = try broker("mqtt: {host: h}\n")
        #expect(broker.encryption == nil && broker.port == 1883)
    }

    @Test func anyKeyOfTheSectionAsksForItAndForItsPort() throws {
        let folder = try SettingsFolder("mqtt: {tls: {ca: ca.pem, certificate: c.pem, key: /k.pem}}\n")
        let broker = try folder.settings().broker
        #expect(
            broker.encryption
                == EncryptionSettings(
                    authorities: folder.path + "/ca.pem", certificate: folder.path + "/c.pem", key: "/k.pem",
                    minimumVersion: .v12))
        #expect(broker.port == 8883)
        #expect(try self.broker("mqtt: {tls: {minimum_version: 1.3}}\n").encryption?.minimumVersion == .v13)
        #expect(try self.broker("mqtt: {port: 1884, tls: {enabled: true}}\n").port == 1884)
    }

    @Test func onlyAPlainWordSwitchesItOff() throws {
        #expect(try broker("mqtt: {tls: {enabled: false, ca: ca.pem}}\n").encryption == nil)
        #expect(try broker("mqtt: {tls: {ca: ca.pem}}\n", "mqtt: {tls: null}\n").encryption == nil)
        #expect(try broker("mqtt: {tls: {ca: ca.pem}}\n", "mqtt: {tls: }\n").encryption != nil)
        #expect(try broker("mqtt: {tls: {ca: ca.pem}}\n", "mqtt: {tls: {ca: null, enabled: true}}\n").encryption != nil)
    }

    @Test func whatIsLeftOfASectionWithoutItsKeysIsRefused() throws {
        let folder = try SettingsFolder("mqtt: {tls: {ca: ca.pem}}\n")
        try folder.dropIn("x.yaml", "mqtt: {tls: {ca: null}}\n")
        #expect(folder.problems().count == 1)
    }
}

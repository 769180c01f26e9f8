import AssayTestSupport
import Foundation
import Publishing
import Settings
import Station
import Testing

/// A whole station at a broker that asks for TLS and a password, and one that shares its name with another.
@Suite(.serialized) struct BrokerSecurityTests {
    private let folder: TemporaryFolder
    private let workshop: CertificateWorkshop
    private let authority: CertificateWorkshop.Pair

    init() throws {
        folder = try TemporaryFolder()
        workshop = try CertificateWorkshop()
        authority = try workshop.authority()
    }

    private func yaml(_ port: UInt16, _ more: String) -> StationYAML {
        StationYAML(broker: "{host: 127.0.0.1, port: \(port), interval_s: 1\(more)}")
    }

    @Test func userAndPasswordComeFromTheCredentialsAndTheConnectionIsEncrypted() async throws {
        let broker = try MosquittoBroker(
            users: ["box": "s3cret"],
            extraLines: CertificateWorkshop.brokerLines(workshop.certificate("broker", by: authority)))
        let credentials = try TemporaryFolder("assay-credentials")
        try credentials.write("box", to: "mqtt-username")
        try credentials.write("s3cret\n", to: "mqtt-password")
        let running = try RunningStation(
            yaml(broker.port, ", tls: {ca: \(authority.certificate)}"), in: folder, credentials: credentials.path)
        #expect(Hook.waits(atMost: .seconds(15)) { running.station.statusReport.broker.connected })
        #expect(running.station.statusReport.broker.trouble == nil)
        #expect(await running.station.stop())
    }

    @Test func aPasswordThatWasChangedIsTakenWithTheNextAttempt() async throws {
        let broker = try MosquittoBroker(users: ["box": "first"])
        let password = try folder.write("first", to: "password")
        let running = try RunningStation(yaml(broker.port, ", username: box, password_file: \(password)"), in: folder)
        func trouble() -> String? { running.station.statusReport.broker.trouble }
        func isConnected() -> Bool { running.station.statusReport.broker.connected }
        #expect(Hook.waits(atMost: .seconds(15), until: isConnected))
        try broker.change(["box": "second"])
        #expect(Hook.waits(atMost: .seconds(15)) { trouble()?.contains("does not accept the user name") == true })
        try FileManager.default.removeItem(atPath: password)
        #expect(Hook.waits(atMost: .seconds(15)) { trouble()?.contains("mqtt.password_file: \(password)") == true })
        try folder.write("second", to: "password")
        #expect(Hook.waits(atMost: .seconds(15), until: isConnected))
        #expect(trouble() == nil)
        #expect(await running.station.stop())
    }

    @Test(arguments: [
        ("tls: {ca: /nowhere/ca.pem}", "mqtt.tls.ca: /nowhere/ca.pem"),
        ("tls: {certificate: /nowhere/c.pem, key: /nowhere/k.pem}", "mqtt.tls.certificate: /nowhere/c.pem"),
        ("username: u, password_file: /nowhere/pw", "mqtt.password_file: /nowhere/pw"),
    ])
    func aStationWithoutItsFilesDoesNotStart(_ more: String, _ named: String) throws {
        do {
            _ = try RunningStation(yaml(1, ", \(more)"), in: folder)
            Issue.record("it started")
        } catch let error as StationError {
            #expect("\(error)".contains(named), "\(error)")
        }
    }

    @Test func aCertificateThatEndsSoonIsToldOnceAndItsRenewalToo() async throws {
        let port = try LoopbackPort.free()
        let lasting = try workshop.authority("lasting", days: 365)
        let encrypted = try CertificateWorkshop.brokerLines(
            workshop.certificate("broker", by: lasting), more: ["listener \(port) 127.0.0.1"])
        // The second listener is the one that the lines after it belong to.
        let broker = try MosquittoBroker(extraLines: encrypted.suffix(1) + encrypted.dropLast())
        let listener = try Listener(port: broker.port)
        let soon = try workshop.certificate("box", by: lasting, days: 12)
        let tls = "ca: \(lasting.certificate), certificate: \(soon.certificate), key: \(soon.key)"
        let running = try RunningStation(yaml(port, ", tls: {\(tls)}"), in: folder)
        #expect(Hook.waits(atMost: .seconds(15)) { running.station.statusReport.broker.connected })
        func codes() throws -> [String] {
            try listener.objects("event").compactMap { $0["code"] as? String }.filter { $0.hasPrefix("certificate") }
        }
        let now = ContinuousClock.now
        for hours in [0, 7, 14] { running.station.lookAtCertificates(at: now + .seconds(hours * 3600)) }
        #expect(try Hook.waits(atMost: .seconds(10)) { try codes() == ["certificate_ending"] })
        _ = try workshop.certificate("box", by: lasting, days: 365)
        for hours in [21, 28] { running.station.lookAtCertificates(at: now + .seconds(hours * 3600)) }
        #expect(try Hook.waits(atMost: .seconds(10)) { try codes() == ["certificate_ending", "certificate_renewed"] })
        #expect(await running.station.stop())
    }

    @Test func whyThereIsNoConnectionIsInTheStatus() async throws {
        let stranger = try workshop.authority("stranger")
        let broker = try MosquittoBroker(
            extraLines: CertificateWorkshop.brokerLines(workshop.certificate("broker", by: authority)))
        let running = try RunningStation(yaml(broker.port, ", tls: {ca: \(stranger.certificate)}"), in: folder)
        #expect(
            Hook.waits(atMost: .seconds(15)) {
                running.station.statusReport.broker.trouble?.contains("certificate is not accepted") == true
            })
        #expect(!running.station.statusReport.broker.connected)
        #expect(await running.station.stop())
    }

    @Test func twoStationsOfOneNameAreToldOnTheEventTopic() async throws {
        let broker = try MosquittoBroker()
        let listener = try Listener(port: broker.port)
        let first = try RunningStation(yaml(broker.port, ", client_id: one"), in: folder)
        let second = try RunningStation(yaml(broker.port, ", client_id: two"), in: TemporaryFolder())
        func told(_ boot: String) throws -> Bool {
            try listener.objects("event").contains { event in
                event["code"] as? String == "second_writer" && event["boot"] as? String == boot
                    && event["severity"] as? String == "error"
            }
        }
        let boots = [first, second].map { $0.station.statusReport.boot }
        for boot in boots { #expect(try Hook.waits(atMost: .seconds(15)) { try told(boot) }) }
        #expect(first.station.statusReport.broker.trouble?.contains(boots[1]) == true)
        #expect(try listener.objects("status").contains { $0["reason"] as? String == "second_writer" })
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
        #expect(await first.station.stop())
        #expect(await second.station.stop())
    }
}

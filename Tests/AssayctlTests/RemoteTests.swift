import AssayTestSupport
import Foundation
import Publishing
import Synchronization
import Testing

/// `assayctl watch` and `assayctl command send` through a broker that asks for TLS, certificates and a password.
@Suite(.serialized) struct RemoteTests {
    private let workshop: CertificateWorkshop
    private let authority: CertificateWorkshop.Pair
    private let own: CertificateWorkshop.Pair
    private let broker: MosquittoBroker
    private let password: String

    init() throws {
        workshop = try CertificateWorkshop()
        authority = try workshop.authority()
        own = try workshop.certificate("engineer", by: authority)
        broker = try MosquittoBroker(
            users: ["assay": "s3cret"],
            extraLines: CertificateWorkshop.brokerLines(
                workshop.certificate("broker", by: authority), authority: authority))
        password = try workshop.write("s3cret\n", to: "password")
    }

    private var access: [String] {
        [
            "--port", "\(broker.port)", "--ca", authority.certificate, "--certificate", own.certificate, "--key",
            own.key,
            "--username", "assay", "--password-file", password,
        ]
    }

    private func settings(_ name: String) throws -> MQTTSettings {
        try MQTTSettings(
            host: "127.0.0.1", port: broker.port, clientIdentifier: name,
            credentials: .known(MQTTCredentials(username: "assay", password: "s3cret")),
            encryption: TLSSettings(
                authorities: authority.certificate,
                identity: TLSSettings.Identity(certificate: own.certificate, key: own.key)))
    }

    /// A station as far as the broker can tell: it takes reloads, and refuses the second one.
    private func station() throws -> Publisher {
        let link = Link()
        let publisher = try Publisher(
            PublisherSettings(
                mqtt: settings("assay-box"), topics: Topics(station: "box"), station: "box", boot: "boot-1",
                version: "test", commands: [.reload])
        ) { notice in
            guard notice == .commandCame else { return }
            link.obey()
        }
        link.publisher.withLock { $0 = publisher }
        publisher.updateStatus(lines: [])
        try publisher.start()
        return publisher
    }

    private final class Link: Sendable {
        let publisher = Mutex<Publisher?>(nil)
        private let count = Mutex(0)

        func obey() {
            guard let publisher = publisher.withLock({ $0 }), let command = publisher.takeCommand() else { return }
            let number = count.withLock { count in
                count += 1
                return count
            }
            let id: String?
            do {
                id = try CommandRequest(command.name, reading: command.message.payload).id
            } catch {
                id = nil
            }
            let outcome: CommandAnswer.Outcome =
                number == 1
                ? .reload(changed: ["tray: added"], restartNeeded: [], refused: [])
                : .refused(CommandProblem(.busy, "too many reloads wait; try again later"))
            publisher.answer(
                CommandAnswer(
                    station: "box", boot: "boot-1", command: command.name, id: id, at: .now(), outcome: outcome),
                to: command)
        }
    }

    private func waitUntilConnected(_ publisher: Publisher) async throws {
        let deadline = ContinuousClock.now + .seconds(15)
        while !publisher.isConnected, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        #expect(publisher.isConnected)
    }

    @Test func aCommandIsSentAndItsAnswerDecidesTheExitCode() async throws {
        let station = try station()
        try await waitUntilConnected(station)
        let done = try CommandRun("assayctl", ["command", "send", "reload", "--station", "box"] + access)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("tray: added"))
        #expect(try SchemaValidator.problems(in: done.lines.map { Array($0.utf8) }) == [])
        let refused = try CommandRun(
            "assayctl", ["command", "send", "reload", "--station", "box", "--id", "A-7"] + access)
        #expect(refused.status == 3 && refused.output.contains(#""id":"A-7""#), "\(refused.errors)")
        let unheard = try CommandRun(
            "assayctl",
            ["command", "send", "inspect", #"{"line":"tray"}"#, "--station", "box", "--timeout", "1"] + access)
        #expect(unheard.status == 4 && unheard.errors.contains("mqtt.allow"), "\(unheard.errors)")
        _ = await station.stop()
        let away = try CommandRun("assayctl", ["command", "send", "reload", "--station", "box"] + access)
        #expect(away.status == 4 && away.errors.contains("offline"), "\(away.errors)")
    }

    @Test func aStationIsWatched() async throws {
        let station = try station()
        try await waitUntilConnected(station)
        let watched = try CommandRun("assayctl", ["watch", "--station", "box", "--timeout", "3"] + access)
        #expect(watched.status == 0 && watched.output.contains("station box online"), "\(watched.errors)")
        _ = await station.stop()
    }

    @Test func whatCannotBeTrustedIsNotSpokenTo() throws {
        let stranger = try workshop.authority("stranger")
        let wrong = try CommandRun(
            "assayctl",
            [
                "watch", "--station", "box", "--port", "\(broker.port)", "--ca", stranger.certificate, "--timeout", "5",
            ])
        #expect(wrong.status == 4 && wrong.errors.contains("certificate"), "\(wrong.errors)")
        let missing = try CommandRun("assayctl", ["watch", "--station", "box", "--ca", "/nowhere.pem"])
        #expect(missing.status == 3 && missing.errors.contains("/nowhere.pem"), "\(missing.errors)")
    }

    @Test(arguments: [
        ["command", "send", "reload"], ["command", "send", "frobnicate", "--station", "box"],
        ["command", "send", "reload", "--station", "box", "--timeout", "0"],
        ["watch", "--station", "box", "--certificate", "c.pem"], ["watch", "--station", "box", "--tls-minimum", "1.1"],
        ["watch", "--station", "box", "--password-file", "p"],
    ])
    func wrongUsageIsCodeTwo(arguments: [String]) throws {
        #expect(try CommandRun("assayctl", arguments).status == 2)
    }

    @Test(arguments: ["{", "[1]", #"{"id": "x"}"#])
    func whatIsNoCommandIsNotSent(text: String) throws {
        let run = try CommandRun("assayctl", ["command", "send", "reload", text, "--station", "box"])
        #expect(run.status == 3, "\(run.status) \(run.errors)")
    }

    @Test func filesOfTLSAreCheckedWithTheSettings() throws {
        let folder = try TemporaryFolder("assay-settings")
        func check(_ tls: String) throws -> CommandRun {
            let path = try folder.write("mqtt: {tls: {\(tls)}}\nlines: {}\n", to: "assay.yaml")
            return try CommandRun("assayctl", ["config", "check", "--config", path])
        }
        let good = try check("ca: \(authority.certificate), certificate: \(own.certificate), key: \(own.key)")
        #expect(good.status == 0 && good.output.contains("8883 with TLS"), "\(good.errors)")
        let missing = try check("ca: /nowhere.pem")
        #expect(missing.status == 0 && missing.errors.contains("mqtt.tls.ca: /nowhere.pem is not there"))
        let foreign = try check("certificate: \(own.certificate), key: \(authority.key)")
        #expect(foreign.status == 3 && foreign.errors.contains("does not belong"), "\(foreign.errors)")
        let old = try workshop.certificate("old", by: authority, days: -1)
        let ended = try check("certificate: \(old.certificate), key: \(old.key)")
        #expect(ended.status == 0 && ended.errors.contains("ended"), "\(ended.errors)")
    }
}

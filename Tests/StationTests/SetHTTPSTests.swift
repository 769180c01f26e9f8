import AssayTestSupport
import Foundation
import Publishing
import Station
import SupportSets
import Testing

/// Sets from servers that are asked over TLS, and what a server may not make the station do.
@Suite(.serialized) struct SetHTTPSTests {
    private let folder: TemporaryFolder
    private let workshop: CertificateWorkshop
    private let authority: CertificateWorkshop.Pair
    private let digest: String

    init() throws {
        folder = try TemporaryFolder("assay-https")
        workshop = try CertificateWorkshop()
        authority = try workshop.authority()
        try DrawnSets.put("1", into: folder.file("set"))
        try DrawnSets.put("2", into: folder.file("made"))
        try SetArchive.pack(folder.file("made"), to: folder.file("made.assayset"))
        digest = try SetArchive(opening: folder.file("made.assayset")).identity.digest
    }

    private func start(_ sets: String) throws -> RunningStation {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let running = try RunningStation(
            StationYAML(
                extra: "support_sets: {\(sets)}",
                lines: [
                    "tray": "camera: {replay: \"\(pattern)\", rate: 50, wait: true}, support_set: \(folder.file("set"))"
                ]), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        return running
    }

    private func prepare(_ address: String, on running: RunningStation) throws -> SetAnswer {
        try running.give(.prepareSet, set: "\(address)#\(digest)", lines: ["tray"])
    }

    private var packed: [UInt8] {
        get throws { [UInt8](try Data(contentsOf: URL(filePath: folder.file("made.assayset")))) }
    }

    /// OpenSSL's own server, which answers a path with a file that holds header and body.
    private func serve(_ own: CertificateWorkshop.Pair, redirectingTo target: String? = nil) throws -> (
        address: String, server: ChildProcess
    ) {
        let port = try LoopbackPort.free()
        let content = try packed
        let body = target == nil ? content : []
        let status = target.map { "302 Found\r\nLocation: \($0)" } ?? "200 OK"
        let head = "HTTP/1.0 \(status)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        try folder.write(Array(head.utf8) + body, to: "served")
        let server = try ChildProcess(
            "env",
            [
                "-C", folder.path, "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-HTTP", "-quiet",
                "-cert", own.certificate, "-key", own.key,
            ], output: folder.file("server-log"))
        let isUp = Hook.waits(atMost: .seconds(10)) { LoopbackPort.answers(port) }
        guard isUp else { throw TestSupportError.notReady(program: "openssl s_server", output: "not listening") }
        return ("https://127.0.0.1:\(port)/served", server)
    }

    @Test func aSetIsFetchedFromAServerOfThePlantsOwnAuthority() async throws {
        let running = try start("ca_file: \(authority.certificate)")
        let (address, server) = try serve(workshop.certificate("server", by: authority))
        #expect(try prepare(address, on: running).version == "2")
        #expect(server.isRunning)
        #expect(await running.station.stop())
    }

    @Test func aServerWhoseCertificateIsNotAcceptedBringsNothingIn() async throws {
        let good = try workshop.certificate("server", by: authority)
        let stranger = try workshop.authority("stranger")
        let cases = [
            ("unknown authority", "ca_file: \(stranger.certificate)", good),
            ("the system's authorities", "stall_timeout_s: 30", good),
            (
                "made out to another", "ca_file: \(authority.certificate)",
                try workshop.certificate("other", by: authority, for: "DNS:elsewhere")
            ),
            (
                "over", "ca_file: \(authority.certificate)",
                try workshop.certificate("old", by: authority, days: -1)
            ),
        ]
        for (what, sets, own) in cases {
            let running = try start(sets)
            let (address, server) = try serve(own)
            let answer = try prepare(address, on: running)
            #expect(
                !answer.ok && answer.reason?.contains("certificate is not accepted") == true,
                "\(what): \(answer.reason ?? "")")
            #expect(try running.line("tray")?.set?.version == "1" && server.isRunning)
            #expect(await running.station.stop())
            try FileManager.default.removeItem(atPath: folder.file("state"))
        }
    }

    @Test func withoutTheAuthoritysFileNothingIsFetched() async throws {
        let running = try start("ca_file: \(folder.file("nowhere.pem"))")
        let (address, server) = try serve(workshop.certificate("server", by: authority))
        let answer = try prepare(address, on: running)
        #expect(answer.reason?.contains("support_sets.ca_file") == true, "\(answer.reason ?? "")")
        #expect(server.isRunning)
        #expect(await running.station.stop())
    }

    @Test func noServerSendsTheStationFromHTTPSToHTTP() async throws {
        let plain = try SetServer(.serves(packed))
        let running = try start("ca_file: \(authority.certificate)")
        let own = try workshop.certificate("server", by: authority)
        let (address, server) = try serve(own, redirectingTo: "\(plain.address)/made.assayset")
        let answer = try prepare(address, on: running)
        #expect(answer.reason?.contains("sends on") == true && plain.paths.isEmpty, "\(answer.reason ?? "")")
        #expect(server.isRunning)
        #expect(await running.station.stop())
    }

    @Test func thePasswordOfOneHostIsNotToldToAnotherThatItSendsOnTo() async throws {
        let target = try SetServer(.serves(packed))
        let elsewhere = target.address.replacing("127.0.0.1", with: "localhost")
        let first = try SetServer(.redirects("\(elsewhere)/made.assayset"))
        let netrc = try workshop.write("machine 127.0.0.1 login box password s3cret\n", to: "netrc")
        let running = try start("credentials_file: \(netrc)")
        let answer = try prepare("\(first.address)/made.assayset", on: running)
        #expect(answer.version == "2", "\(answer.reason ?? "")")
        #expect(first.requests.contains { $0.contains("Authorization: Basic") })
        #expect(target.requests.count == 1 && !target.requests.contains { $0.contains("Authorization") })
        #expect(await running.station.stop())
    }
}

import AssayTestSupport
import Foundation
import Glibc
import Station
import Testing

/// The control socket against clients that behave badly.
@Suite(.serialized) struct ControlSocketTests {
    private let folder: TemporaryFolder
    private let running: RunningStation

    init() throws {
        folder = try TemporaryFolder()
        running = try RunningStation(StationYAML(), in: folder)
    }

    private func connect() throws -> Int32 {
        let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: Array(folder.file("run/control.sock").utf8))
        }
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isConnected)
        return client
    }

    private func send(_ text: String, to client: Int32) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// What comes until the line's end or the end of the connection.
    private func line(from client: Int32) -> String {
        var text: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe recv(client, &byte, 1, 0) == 1, byte != UInt8(ascii: "\n") { text.append(byte) }
        return String(decoding: text, as: UTF8.self)
    }

    @Test func aClientThatSaysNothingHoldsUpNobody() async throws {
        let silent = try (0..<8).map { _ in try connect() }
        defer { for client in silent { close(client) } }
        send("{\"command\":", to: silent[0])
        #expect(try String(decoding: running.ask(.status), as: UTF8.self).contains("\"station\":\"box\""))
        #expect(await running.station.stop())
    }

    @Test func nonsenseIsAnsweredAndTheNextRequestToo() async throws {
        let client = try connect()
        defer { close(client) }
        send("reload please\n", to: client)
        #expect(line(from: client).hasPrefix("{\"error\":"))
        send("{\"command\":\"destroy\"}\n{\"command\":\"health\"}\n", to: client)
        #expect(line(from: client).contains("\"ok\":false"))
        #expect(line(from: client).contains("assay.health/1"))
        #expect(await running.station.stop())
    }

    @Test func aRequestWithoutAnEndIsCutOff() async throws {
        let client = try connect()
        defer { close(client) }
        let flood = String(repeating: "x", count: 8192)
        for _ in 0..<9 { send(flood, to: client) }
        #expect(line(from: client).contains("65536"))
        #expect(line(from: client).isEmpty)
        #expect(await running.station.stop())
    }

    @Test func theSocketIsForOwnerAndGroupAndGoesWithTheStation() async throws {
        var facts = stat()
        #expect(unsafe stat(folder.file("run/control.sock"), &facts) == 0)
        #expect(facts.st_mode & 0o777 == 0o660)
        #expect(await running.station.stop())
        #expect(unsafe access(folder.file("run/control.sock"), F_OK) != 0)
    }

    @Test func aSecondDaemonOnTheSameFolderIsRefused() async throws {
        #expect(throws: StationError.self) { try RunningStation(StationYAML(), in: folder) }
        #expect(try !running.ask(.status).isEmpty)
        #expect(await running.station.stop())
    }
}

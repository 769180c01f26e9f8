import AssayTestSupport
import Foundation
import Synchronization

/// An HTTP server on loopback that behaves as a test says.
final class SetServer: Sendable {
    enum Behaviour: Sendable {
        case serves([UInt8])
        case refuses

        /// Never ends, with a length or without one.
        case endless

        /// Promises one byte more than it sends.
        case breaksOff([UInt8])
        case redirects(String)

        /// A byte now and then.
        case drips

        /// Says nothing before the gate is open.
        case servesLate([UInt8], Gate)
    }

    /// Closed until a test opens it.
    final class Gate: Sendable {
        private let opened = Mutex(false)
        var isOpen: Bool { opened.withLock { $0 } }
        func open() { opened.withLock { $0 = true } }
    }

    private let server: LoopbackServer
    private let asked: Asked

    private final class Asked: Sendable {
        let requests = Mutex<[String]>([])
    }

    init(_ behaviour: Behaviour) throws {
        let asked = Asked()
        self.asked = asked
        server = try LoopbackServer { connection in
            let request = String(decoding: LoopbackServer.read(connection), as: UTF8.self)
            asked.requests.withLock { $0.append(request) }
            Self.answer(behaviour, on: connection)
        }
    }

    var address: String { "http://127.0.0.1:\(server.port)" }

    /// What was asked for.
    var paths: [String] { requests.map { $0.split(separator: " ").dropFirst().first.map(String.init) ?? "" } }

    /// As they came, with their headers.
    var requests: [String] { asked.requests.withLock { $0 } }

    private static func answer(_ behaviour: Behaviour, on connection: Int32) {
        func send(_ text: String) { LoopbackServer.write(Array(text.utf8), to: connection) }
        switch behaviour {
        case .servesLate(let bytes, let gate):
            _ = Hook.waits(atMost: .seconds(60)) { gate.isOpen }
            answer(.serves(bytes), on: connection)
        case .serves(let bytes):
            send("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\nConnection: close\r\n\r\n")
            LoopbackServer.write(bytes, to: connection)
        case .refuses: send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        case .endless:
            send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            let piece = [UInt8](repeating: 0x41, count: 1 << 16)
            while LoopbackServer.write(piece, to: connection) {}
        case .breaksOff(let bytes):
            send("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count + 1)\r\nConnection: close\r\n\r\n")
            LoopbackServer.write(bytes, to: connection)
        case .redirects(let target):
            send("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        case .drips:
            send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n")
            while LoopbackServer.write([0x41], to: connection) { usleep(100_000) }
        }
    }
}

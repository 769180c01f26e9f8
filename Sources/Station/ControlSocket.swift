internal import CLinux
internal import Foundation
internal import Glibc
internal import Logging
internal import Synchronization

/// The local socket on which `assayctl` asks: one JSON request and one JSON answer a line.
///
/// One thread looks after all clients and waits for none of them: each has its own buffers, bounds and deadlines.
final class ControlSocket: Sendable {
    /// Answers a request, at once or later, from any thread, exactly once.
    typealias Answering =
        @Sendable (ControlRequest, _ line: [UInt8], _ reply: @escaping @Sendable ([UInt8]) -> Void) -> Void

    static let mostClients = 16

    private let path: String
    private let listener: Int32
    private let event: Int32
    private let answering: Answering
    private let logger: Logger
    private let shared = Mutex(Shared())

    private struct Shared {
        var answers: [(client: UInt64, bytes: [UInt8])] = []
        var isStopping = false
    }

    /// Opens the socket, in the place of one that nobody serves any more.
    init(path: String, logger: Logger, answering: @escaping Answering) throws(StationError) {
        self.path = path
        self.logger = logger
        self.answering = answering
        event = assay_event_create()
        guard event >= 0 else { throw .systemExhausted(what: "wake-up event", reason: SystemReason.last) }
        do throws(StationError) {
            listener = try UnixSocket.listen(at: path)
        } catch {
            close(event)
            throw error
        }
    }

    deinit {
        close(listener)
        close(event)
    }

    func start() throws(StationError) {
        try LoneThread.start(name: "assay-control") { [self] in serve() }
    }

    /// Stops serving; clients are cut off.
    func stop() {
        shared.withLock { $0.isStopping = true }
        wake()
        _ = unsafe unlink(path)
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe write(event, &one, 8)
    }

    private func serve() {
        var clients: [ControlClient] = []
        var nextNumber: UInt64 = 1
        defer { for client in clients { close(client.descriptor) } }
        while true {
            let (answers, isStopping) = shared.withLock { shared in
                defer { shared.answers.removeAll() }
                return (shared.answers, shared.isStopping)
            }
            if isStopping { return }
            for answer in answers {
                if let place = clients.firstIndex(where: { $0.number == answer.client }) {
                    clients[place].answer(answer.bytes)
                }
            }
            // Answering may have made room to go on with a client's next line.
            for place in clients.indices { act(on: &clients[place]) }
            let now = ContinuousClock.now
            for client in clients where client.isOver(at: now) { close(client.descriptor) }
            clients.removeAll { $0.isOver(at: now) }
            wait(for: &clients, nextNumber: &nextNumber)
        }
    }

    /// Waits until a client, a new client or an answer is there, and moves bytes.
    private func wait(for clients: inout [ControlClient], nextNumber: inout UInt64) {
        let isRoom = clients.count < Self.mostClients
        var requests = [
            pollfd(fd: event, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isRoom ? listener : -1, events: Int16(POLLIN), revents: 0),
        ]
        requests += clients.map { pollfd(fd: $0.descriptor, events: $0.interest, revents: 0) }
        let deadline = clients.compactMap(\.deadline).min()
        let timeout = deadline.map { deadline in
            let remaining = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            return Int32(max(0, min(remaining.rounded(.up), 60_000)))
        }
        _ = unsafe poll(&requests, nfds_t(requests.count), timeout ?? -1)
        if requests[0].revents != 0 {
            var count: UInt64 = 0
            _ = unsafe read(event, &count, 8)
        }
        for place in clients.indices where requests[place + 2].revents != 0 {
            clients[place].exchange()
        }
        if requests[1].revents != 0, let descriptor = UnixSocket.accept(from: listener, path: path, logger: logger) {
            clients.append(ControlClient(descriptor: descriptor, number: nextNumber))
            nextNumber += 1
        }
    }

    /// Hands a complete request on, one at a time for each client.
    private func act(on client: inout ControlClient) {
        while let line = client.nextLine() {
            switch line {
            case .tooLong:
                client.answer(Self.bytes(ControlError("a request has at most \(ControlClient.mostBytes) bytes")))
                client.isClosing = true
            case .request(let bytes):
                do {
                    let request = try JSONDecoder().decode(ControlRequest.self, from: Data(bytes))
                    let number = client.number
                    client.beginWaiting()
                    answering(request, bytes) { [weak self] answer in
                        guard let self else { return }
                        self.shared.withLock { $0.answers.append((number, answer)) }
                        self.wake()
                    }
                } catch {
                    let commands = ControlRequest.Command.allCases.map(\.rawValue).joined(separator: ", ")
                    client.answer(
                        Self.bytes(ControlError("not a request; send {\"command\":\"…\"} with one of \(commands)")))
                }
            }
        }
    }

    /// One line of JSON without its end.
    static func bytes(_ answer: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(answer))
        } catch {
            return Array(#"{"ok":false,"error":"the answer cannot be written as JSON"}"#.utf8)
        }
    }
}

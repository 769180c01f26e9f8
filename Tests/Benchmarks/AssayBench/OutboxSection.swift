internal import Foundation
internal import Publishing
internal import Synchronization

/// The outbox on this machine's disk: what handing a message over costs the caller, how long it takes until one is
/// kept, and how many are kept in a second.
struct OutboxSection {
    private static let burst = 5000
    private static let singles = 200
    private static let handOverBudget = 0.1
    private static let body = Array(#"{"x":"\#(String(repeating: "-", count: 1992))"}"#.utf8)

    func run() throws -> [BenchEntry] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-bench-outbox-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { Self.remove(folder) }
        let outbox = try Outbox(OutboxSettings(folder: folder))
        try outbox.start(onReady: {}, observe: { _ in })
        let kept = Kept()
        Self.accept(outbox, kept)
        kept.wait(for: 1)

        var alone: [Double] = []
        for index in 1...Self.singles {
            let start = ContinuousClock.now
            Self.accept(outbox, kept)
            kept.wait(for: index + 1)
            alone.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        var handOver: [Double] = []
        let start = ContinuousClock.now
        for _ in 0..<Self.burst {
            let begin = ContinuousClock.now
            Self.accept(outbox, kept)
            handOver.append((ContinuousClock.now - begin) / .milliseconds(1))
        }
        kept.wait(for: 1 + Self.singles + Self.burst)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        if let fault = outbox.currentFault { throw BenchError(description: "the outbox: \(fault)") }
        alone.sort()
        handOver.sort()
        let high = handOver[handOver.count * 99 / 100]
        print(
            String(
                format: "outbox, 2 KB messages: hand-over p50 %.4f p99 %.4f ms; kept after p50 %.1f p95 %.1f ms; "
                    + "%.0f a second", handOver[handOver.count / 2], high, alone[alone.count / 2],
                alone[alone.count * 95 / 100], Double(Self.burst) / seconds))
        return [
            BenchEntry(
                name: "outbox hand-over p99", oursMilliseconds: high, peer: "budget",
                peerMilliseconds: Self.handOverBudget)
        ]
    }

    private static func accept(_ outbox: Outbox, _ kept: Kept) {
        let head = MessageHead(schema: "bench/1", id: UUIDv7(time: .now()).text, boot: "bench")
        outbox.accept(stream: "bench", topic: "bench", head: head, body: body, onNumber: { _ in kept.add() })
    }

    private static func remove(_ folder: String) {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            print("cannot remove \(folder): \(error)")
        }
    }

    /// How many messages are kept.
    private final class Kept: Sendable {
        private let count = Atomic<Int>(0)

        func add() { count.add(1, ordering: .relaxed) }

        func wait(for wanted: Int) {
            while count.load(ordering: .relaxed) < wanted { usleep(100) }
        }
    }
}

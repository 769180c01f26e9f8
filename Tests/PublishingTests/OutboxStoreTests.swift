import AssayTestSupport
import Foundation
import Publishing
import Testing

/// The queue on its real file, through crashes.
struct OutboxStoreTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("outbox.sqlite") }

    init() throws { folder = try TemporaryFolder("assay-outbox", inMemory: true) }

    private func delivery(_ departure: OutboxQueue.Departure) throws -> Delivery {
        try DistrustfulSubscriber.delivery(departure.payload)
    }

    @Test func whatWasKeptOutlivesACrashAndWhatWasNotLeavesNoGap() throws {
        let rig = try OutboxRig(path: path)
        for _ in 0..<3 { rig.accept() }
        try rig.keep()
        rig.accept()
        try rig.crash()
        rig.accept("a", id: "new")
        rig.queue.opened()
        let sent = try rig.drain()
        #expect(try sent.map { try delivery($0).sequence } == [1, 2, 3, 4])
        #expect(try sent.map { try delivery($0).isHistorical } == [true, true, true, true])
        #expect(String(decoding: sent[3].payload, as: UTF8.self).contains(#""id":"new""#))
    }

    @Test func whatWentOutBeforeACrashGoesOutAgainWithTheSameBytes() throws {
        let rig = try OutboxRig(OutboxLimits(rows: 3), path: path)
        for _ in 0..<7 {
            rig.accept()
            try rig.keep()
        }
        rig.queue.opened()
        rig.accept()
        try rig.keep()
        let before = rig.sendAll()
        #expect(try delivery(before[0]).droppedBefore == 4)
        try rig.crash()
        rig.queue.opened()
        #expect(try rig.drain().map(\.payload) == before.map(\.payload))
        try rig.crash()
        #expect(rig.queue.count == 0)
        rig.accept()
        rig.queue.opened()
        #expect(try rig.drain().map(delivery) == [Delivery(sequence: 9, isHistorical: true)])
    }

    @Test func moreThanMemoryHoldsComesBackFromDiskInOrder() throws {
        let rig = try OutboxRig(path: path)
        for _ in 0..<20 {
            for _ in 0..<100 { rig.accept() }
            try rig.keep()
        }
        #expect(rig.queue.count == 2000)
        rig.queue.opened()
        #expect(try rig.drain().map { try delivery($0).sequence } == Array(1...2000))
        #expect(rig.queue.count == 0)
    }

    @Test func afterALongAbsenceTheBoundsHoldAndTheRestIsAnnounced() throws {
        let rig = try OutboxRig(OutboxLimits(rows: 500), path: path)
        for _ in 0..<30 {
            for _ in 0..<100 { rig.accept() }
            try rig.keep()
        }
        #expect(rig.queue.count == 500)
        try rig.crash()
        #expect(rig.queue.count == 500)
        rig.queue.opened()
        let sent = try rig.drain().map(delivery)
        #expect(sent.map(\.sequence) == Array(2501...3000))
        #expect(sent.first?.droppedBefore == 2500)
    }

    @Test func aFileOfALaterVersionIsRefusedAndLeftAlone() throws {
        try OutboxRig(path: path).keep()
        try sqlite("PRAGMA user_version = 99")
        let before = FileManager.default.contents(atPath: path)
        #expect(throws: OutboxFault.newerVersion(found: 99, known: 1)) { try OutboxRig(path: path) }
        #expect(FileManager.default.contents(atPath: path) == before)
    }

    @Test func anotherProgramsFileIsRefused() throws {
        try sqlite("CREATE TABLE theirs (x); PRAGMA application_id = 7")
        let fault = #expect(throws: OutboxFault.self) { try OutboxRig(path: path) }
        #expect(fault?.code == "outbox_unusable")
    }

    @Test func twoProcessesCannotHaveOneFile() throws {
        let rig = try OutboxRig(path: path)
        rig.accept()
        try rig.keep()
        let fault = #expect(throws: OutboxFault.self) { try OutboxRig(path: path) }
        #expect(fault?.code == "outbox_unusable")
    }

    @Test func aFileOfGarbageOrACutOneIsCalledDamaged() throws {
        try folder.write(String(repeating: "garbage ", count: 2000), to: "outbox.sqlite")
        #expect(throws: OutboxFault.self) { try OutboxRig(path: path) }
        try FileManager.default.removeItem(atPath: path)
        let rig = try OutboxRig(path: path)
        for _ in 0..<2000 { rig.accept(size: 200) }
        try rig.keep()
        try rig.crash()
        let whole = try #require(FileManager.default.contents(atPath: path))
        let other = folder.file("other.sqlite")
        var random = SeededGenerator(seed: 7)
        for _ in 0..<30 {
            var bytes = whole.prefix(Int.random(in: 1...whole.count, using: &random))
            for _ in 0..<20 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            try Data(bytes).write(to: URL(fileURLWithPath: other))
            do {
                let damaged = try OutboxRig(path: other)
                damaged.queue.opened()
                _ = try damaged.drain()
            } catch is OutboxFault {
                // Refused is right as well; only a crash is not.
            }
        }
    }

    /// Random traffic, faults of network and disk, and crashes at every point of a round.
    @Test(arguments: 1...30)
    func noNumberIsMissingOrHasTwoContentsThroughCrashes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rig = try OutboxRig(
            OutboxLimits(rows: Int.random(in: 4...60, using: &random), bytes: 1 << 20, window: 4), path: path)
        var subscriber = DistrustfulSubscriber()
        var inFlight: [Int32] = []
        var isOpen = false
        func restarted() {
            inFlight = []
            isOpen = false
        }
        for _ in 0..<600 {
            switch Int.random(in: 0..<40, using: &random) {
            case 0..<12: rig.accept(["a", "b", "event"].randomElement(using: &random) ?? "a")
            case 12..<22: try rig.keep()
            case 22..<30:
                if let (departure, identifier) = rig.send() {
                    inFlight.append(identifier)
                    try subscriber.hear(departure.topic, departure.payload)
                }
            case 30..<35: if isOpen, !inFlight.isEmpty { rig.queue.acknowledged(inFlight.removeFirst()) }
            case 35..<38:
                isOpen.toggle()
                inFlight = []
                if isOpen { rig.queue.opened() } else { rig.queue.closed() }
            case 38:
                try rig.crash()
                restarted()
            default:
                try rig.commitAndCrash()
                restarted()
            }
        }
        rig.queue.opened()
        for departure in try rig.drain() { try subscriber.hear(departure.topic, departure.payload) }
        #expect(subscriber.problems == [], "seed \(seed)")
        #expect(rig.queue.count == 0)
        for (id, number) in rig.told.numbers {
            let isHeard = subscriber.contents.values.contains { contents in
                contents[number].map { String(decoding: $0, as: UTF8.self).contains(id) } ?? false
            }
            let isAnnounced = subscriber.contents.values.contains { $0[number] == nil }
            #expect(isHeard || isAnnounced, "seed \(seed): \(id) was told \(number)")
        }
    }

    /// The disk fails and comes back, with unknown outcome of what it was last given; no crash.
    @Test(arguments: 1...30)
    func aDiskThatFailsAndComesBackCostsNothing(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rig = try OutboxRig(OutboxLimits(window: 4), path: path)
        var subscriber = DistrustfulSubscriber()
        var inFlight: [Int32] = []
        var isOpen = false
        var accepted = 0
        for _ in 0..<800 {
            switch Int.random(in: 0..<40, using: &random) {
            case 0..<14:
                rig.accept(["a", "b"].randomElement(using: &random) ?? "a")
                accepted += 1
            case 14..<24: try rig.keep()
            case 24..<30:
                if let (departure, identifier) = rig.send() {
                    inFlight.append(identifier)
                    try subscriber.hear(departure.topic, departure.payload)
                }
            case 30..<35: if isOpen, !inFlight.isEmpty { rig.queue.acknowledged(inFlight.removeFirst()) }
            case 35..<37:
                isOpen.toggle()
                inFlight = []
                if isOpen { rig.queue.opened() } else { rig.queue.closed() }
            case 37: try rig.keepFailing(afterCommit: Bool.random(using: &random))
            default: try rig.restore()
            }
        }
        try rig.restore()
        rig.queue.closed()
        rig.queue.opened()
        for departure in try rig.drain() { try subscriber.hear(departure.topic, departure.payload) }
        #expect(subscriber.problems == [], "seed \(seed)")
        #expect(subscriber.contents.values.reduce(0) { $0 + $1.count } == accepted)
        #expect(rig.queue.count == 0)
        try rig.keep()
        try rig.crash()
        #expect(rig.queue.count == 0, "seed \(seed): something stayed in the file")
    }

    private func sqlite(_ script: String) throws {
        let program = "import sqlite3,sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])"
        let python = try ChildProcess("python3", ["-c", program, path, script], output: folder.file("python"))
        try #require(python.wait() == 0)
    }
}

import AssayTestSupport
import Foundation
import Glibc
import Publishing
import Station
import Testing

/// The real daemon and a real broker, killed at random moments: what a subscriber may rely on.
@Suite(.serialized) struct OutboxKillTests {
    private let stage: OutboxStage

    init() throws { stage = try OutboxStage() }

    private static func setting(_ name: String, _ standard: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? standard
    }

    /// ASSAY_KILLS says how often (25), ASSAY_KILL_SEED when.
    @Test func killedAtRandomMomentsItLosesNoNumberAndGivesNoneTwoContents() throws {
        let count = Self.setting("ASSAY_KILLS", 25)
        let seed = Self.setting("ASSAY_KILL_SEED", 20_261_122)
        var random = SeededGenerator(seed: seed)
        let listener = try Listener(port: stage.broker.port)
        for round in 0..<count {
            // In every third round the broker is out of reach, at first or from some moment on.
            if round % 3 == 1 { stage.relay.cut(forGood: true) }
            let daemon = try stage.start()
            let moment = Double.random(in: 0.02...1.5, using: &random)
            let cutAt = round % 3 == 2 ? Double.random(in: 0...moment, using: &random) : moment
            Thread.sleep(forTimeInterval: cutAt)
            if round % 3 == 2 { stage.relay.cut() }
            Thread.sleep(forTimeInterval: moment - cutAt)
            #expect(daemon.isRunning, "round \(round) of seed \(seed): \(stage.log)")
            daemon.end(with: SIGKILL)
            if round % 3 == 1 { stage.relay.mend() }
        }
        let daemon = try stage.start()
        #expect(Hook.waits(atMost: .seconds(30)) { stage.report()?.broker.connected == true }, "\(stage.log)")
        #expect(daemon.end(with: SIGTERM) == 0, "\(stage.log)")
        func isGone() throws -> Bool { try listener.objects("status").last?["reason"] as? String == "stopped" }
        #expect(try Hook.waits(atMost: .seconds(20)) { try isGone() })
        let heard = try stage.sequenced(listener)
        let verdicts = heard.contents["assay/v1/box/tray/verdict"]?.count ?? 0
        print(
            "kills: \(count), seed: \(seed), verdicts: \(verdicts), late: \(heard.historicalCount), "
                + "repeated: \(heard.repeatCount), announced gaps: \(heard.announcementCount)")
        #expect(heard.problems == [], "seed \(seed)")
        // Nothing was dropped, so nothing may even be announced as dropped.
        #expect(heard.announcementCount == 0, "seed \(seed)")
        #expect(verdicts >= Int(count))
        #expect(heard.historicalCount > 0)
    }

    @Test func aSecondDaemonOnTheSameStateIsRefused() throws {
        let daemon = try stage.start()
        #expect(Hook.waits(atMost: .seconds(20)) { stage.report() != nil }, "\(stage.log)")
        let second = try ChildProcess(
            DaemonProgram.path("assayd"),
            [
                "--config", stage.folder.file("assay.yaml"), "--state-dir", stage.folder.file("state"), "--runtime-dir",
                stage.folder.file("run-2"),
            ], output: stage.folder.file("log-2"))
        #expect(second.wait() >> 8 & 0xFF == 3)
        let words = FileManager.default.contents(atPath: stage.folder.file("log-2")).map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(words?.contains("another assayd keeps its state there") == true)
        daemon.end(with: SIGKILL)
        let third = try stage.start()
        #expect(Hook.waits(atMost: .seconds(20)) { stage.report()?.broker.connected == true }, "\(stage.log)")
        #expect(third.end(with: SIGTERM) == 0)
    }

    @Test func aLongAbsenceReachesTheBoundsAndIsAnnounced() throws {
        let listener = try Listener(port: stage.broker.port)
        stage.relay.cut(forGood: true)
        let daemon = try stage.start(mqtt: ", queue_rows: 300")
        #expect(Hook.waits(atMost: .seconds(60)) { stage.report()?.broker.dropped ?? 0 > 200 }, "\(stage.log)")
        stage.relay.mend()
        #expect(Hook.waits(atMost: .seconds(60)) { stage.report()?.broker.acknowledged ?? 0 > 400 }, "\(stage.log)")
        #expect(
            try Hook.waits(atMost: .seconds(30)) { try listener.codes().contains("messages_dropped_over") },
            "\(stage.log)")
        #expect(daemon.end(with: SIGTERM) == 0)
        let heard = try stage.sequenced(listener)
        #expect(heard.problems == [])
        #expect(heard.announcementCount > 0 && heard.historicalCount >= 200)
    }
}

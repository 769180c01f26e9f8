import AssayTestSupport
import Foundation
import Glibc
import Station
import Testing

/// The real daemon on disks that are full, hang or fail: it says so, goes on from memory, and comes back by itself.
@Suite(.serialized) struct OutboxDiskTests {
    private let stage: OutboxStage

    init() throws { stage = try OutboxStage() }

    /// A disk that hangs, fails or cannot be written to, with the code that tells of it.
    @Test(arguments: [("hang", "outbox_stalled"), ("error", "outbox_unusable"), ("read-only", "outbox_read_only")])
    func aDiskThatFailsIsToldAndHoldsUpNothing(fault: String, code: String) throws {
        let listener = try Listener(port: stage.broker.port)
        let library = stage.folder.file("disk.so")
        let source = "\(Repository.root)/Tests/PreloadDisk/preload_disk.c"
        let compiler = try ChildProcess(
            "cc", ["-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], output: stage.folder.file("cc"))
        try #require(compiler.wait() == 0)
        let wish = stage.folder.file("fault")
        let daemon = try stage.start(environment: [
            "LD_PRELOAD": library, "PRELOAD_DISK_FOLDER": stage.folder.file("state"), "PRELOAD_DISK_FAULT": wish,
        ])
        #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > 0 }, "\(stage.log)")
        for round in 1...2 {
            func told(_ code: String) throws -> Int { try listener.codes().filter { $0 == code }.count }
            try stage.folder.write(fault, to: "fault")
            #expect(try Hook.waits(atMost: .seconds(20)) { try told("outbox_failed") == round }, "\(stage.log)")
            let event = try listener.objects("event").last { $0["code"] as? String == "outbox_failed" }
            #expect((event?["data"] as? [String: Any])?["fault"] as? String == code)
            let before = try listener.verdictCount()
            #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > before + 100 }, "\(stage.log)")
            #expect(stage.report()?.state == "degraded" && stage.report()?.broker.outbox != nil)
            try stage.folder.write("", to: "fault")
            #expect(try Hook.waits(atMost: .seconds(60)) { try told("outbox_works") == round }, "\(stage.log)")
        }
        #expect(daemon.end(with: SIGTERM) == 0, "\(stage.log)")
        let heard = try stage.sequenced(listener)
        #expect(heard.problems == [] && heard.announcementCount == 0)
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func aFullDiskIsToldAndEndsByItself() throws {
        guard let disk = try SmallDisk(at: stage.folder.file("small"), megabytes: 8) else { return }
        let listener = try Listener(port: stage.broker.port)
        func reason() throws -> String? { try listener.objects("status").last?["reason"] as? String }
        let daemon = try stage.start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > 0 }, "\(stage.log)")
        try disk.fill()
        #expect(try Hook.waits(atMost: .seconds(30)) { try listener.codes().contains("outbox_failed") }, "\(stage.log)")
        let before = try listener.verdictCount()
        #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > before + 50 }, "\(stage.log)")
        #expect(stage.report()?.broker.outbox != nil)
        #expect(stage.report()?.state == "degraded")
        func health() throws -> String? {
            (try listener.objects("health").last?["publisher"] as? [String: Any])?["outbox_fault"] as? String
        }
        #expect(try Hook.waits(atMost: .seconds(10)) { try health() == "outbox_disk_full" })
        disk.free()
        #expect(try Hook.waits(atMost: .seconds(60)) { try listener.codes().contains("outbox_works") }, "\(stage.log)")
        #expect(stage.report()?.broker.outbox == nil)
        #expect(daemon.end(with: SIGTERM) == 0, "\(stage.log)")
        #expect(try stage.sequenced(listener).problems == [])
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func killedWhileTheDiskIsFullItUsesNoNumberAgain() throws {
        guard let disk = try SmallDisk(at: stage.folder.file("small"), megabytes: 8) else { return }
        let listener = try Listener(port: stage.broker.port)
        var daemon = try stage.start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > 0 }, "\(stage.log)")
        try disk.fill()
        #expect(try Hook.waits(atMost: .seconds(30)) { try listener.codes().contains("outbox_failed") }, "\(stage.log)")
        let before = try listener.verdictCount()
        #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > before + 50 }, "\(stage.log)")
        daemon.end(with: SIGKILL)
        let first = try listener.verdictCount()
        daemon = try stage.start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > first + 50 }, "\(stage.log)")
        disk.free()
        daemon.end(with: SIGKILL)
        let second = try listener.verdictCount()
        daemon = try stage.start(state: disk.path)
        #expect(try Hook.waits(atMost: .seconds(20)) { try listener.verdictCount() > second + 50 }, "\(stage.log)")
        #expect(daemon.end(with: SIGTERM) == 0, "\(stage.log)")
        // What memory alone held may be announced as given up although it was heard: never less than is missing.
        var ids: [Int: String] = [:]
        var highest = 0
        for verdict in try listener.objects("tray/verdict") {
            let sequence = try #require(verdict["seq"] as? Int)
            let id = try #require(verdict["id"] as? String)
            #expect(ids[sequence] == nil || ids[sequence] == id, "two contents of \(sequence)")
            let announced = verdict["dropped_before"] as? Int ?? 0
            #expect(ids[sequence] != nil || sequence <= highest + 1 + announced, "\(sequence) after \(highest)")
            ids[sequence] = id
            highest = max(highest, sequence)
        }
    }
}

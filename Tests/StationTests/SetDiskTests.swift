import AssayTestSupport
import Foundation
import Publishing
import Station
import Testing

/// Sets on a station whose disk is full. Only root can have a disk to fill.
@Suite(.serialized) struct SetDiskTests {
    @Test func withoutRoomNothingIsPreparedOrActivatedAndWithRoomBothAre() async throws {
        let folder = try TemporaryFolder()
        try DrawnSets.put("1", into: folder.file("set"))
        for version in ["2", "3"] { try DrawnSets.put(version, into: folder.file("library/squares-\(version)")) }
        guard let disk = try SmallDisk(at: folder.file("state"), megabytes: 64) else { return }
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let running = try RunningStation(
            StationYAML(
                extra: "support_sets: {sources: [\(folder.file("library"))]}",
                lines: [
                    "tray": "camera: {replay: \"\(pattern)\", rate: 50, wait: true}, support_set: \(folder.file("set"))"
                ]), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged > 2 })
        func copies() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: disk.path + "/sets") }

        try disk.fill()
        let unprepared = try running.give(.prepareSet, set: "squares@2")
        #expect(unprepared.reason?.contains("No space left") == true, "\(unprepared.reason ?? "")")
        #expect(try copies().count == 1)
        #expect(try running.line("tray")?.prepared == nil)
        disk.free()
        #expect(try running.give(.prepareSet, set: "squares@2").version == "2")

        try disk.fill()
        let inactive = try running.give(.activateSet)
        #expect(inactive.reason?.contains("make room in the state folder") == true, "\(inactive.reason ?? "")")
        var line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.prepared == "squares@2")
        let judged = line.counts.judged
        #expect(running.waitsFor("tray") { $0.counts.judged > judged + 5 && $0.counts.noVerdict == 0 })
        disk.free()
        #expect(try running.give(.activateSet).version == "2")

        // What is in force can be left without room, too, or not at all.
        try disk.fill()
        let stays = try running.give(.rollBackSet)
        line = try #require(try running.line("tray"))
        #expect(stays.ok ? line.set?.version == "1" : line.set?.version == "2")
        #expect(try running.history(of: "tray")?.history.last?.set.version == line.set?.version)
        disk.free()
        #expect(await running.station.stop())
    }
}

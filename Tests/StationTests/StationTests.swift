import AssayTestSupport
import Foundation
import Imaging
import Station
import Testing

/// A whole station inside the test, without a broker: what becomes of frames, sets and workers.
@Suite(.serialized) struct StationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
    }

    private func replay(_ pictures: [Image], loop: Bool = true, wait: Bool = true) throws -> String {
        let pattern = try DrawnScene.write(pictures, to: "frame", in: folder)
        return "camera: {replay: \"\(pattern)\", rate: 50, loop: \(loop), wait: \(wait)}"
    }

    private func tray(_ pictures: [Image], loop: Bool = true, extra: String = "") throws -> StationYAML {
        StationYAML(
            lines: [
                "tray":
                    "\(try replay(pictures, loop: loop)), support_set: \(folder.file("set")), deadline_ms: 200\(extra)"
            ])
    }

    @Test func everyFrameOfAReplayThatWaitsHasOneVerdict() async throws {
        let pictures = [DrawnScene.picture(variant: 0), DrawnScene.picture(variant: 1, without: 2)]
        let running = try RunningStation(try tray(pictures + pictures, loop: false), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged == 4 && $0.reason == "replay_finished" })
        let counts = try #require(try running.line("tray")).counts
        #expect(counts.offered == 4 && counts.skipped == 0 && counts.noVerdict == 0)
        #expect(counts.passed == 2 && counts.failed == 2)
        #expect(running.station.isDone)
        #expect(await running.station.stop())
    }

    @Test func aDamagedFrameGetsNoVerdictWithItsReason() async throws {
        _ = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        try folder.write([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], to: "frame-9.png")
        let yaml = StationYAML(lines: [
            "tray":
                "camera: {replay: \"\(folder.path)/frame-*.png\", loop: false, wait: true}, support_set: \(folder.file("set"))"
        ])
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged == 2 })
        #expect(try running.line("tray")?.counts.noVerdictReasons == ["bad_frame": 1])
        #expect(await running.station.stop())
    }

    @Test func aFrozenPictureIsNotJudgedUntilItChanges() async throws {
        let yaml = try tray([DrawnScene.picture(variant: 0)], extra: ", image: {frozen_after_ms: 300}")
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.noVerdictReasons["frozen_image"] ?? 0 > 3 })
        let passed = try #require(try running.line("tray")).counts.passed
        #expect(passed >= 2)
        try folder.write(DrawnScene.picture(variant: 1).png(), to: "frame-1.png")
        #expect(running.waitsFor("tray") { $0.counts.passed > passed + 10 })
        let counts = try #require(try running.line("tray")).counts
        #expect(counts.noVerdict == counts.noVerdictReasons["frozen_image"])
        #expect(await running.station.stop())
    }

    @Test func aBlackPictureAndOneInAnotherLightAreNotJudged() async throws {
        let scene = DrawnScene.picture(variant: 0)
        let black = Image(width: scene.width, height: scene.height, pixels: scene.pixels.map { $0 / 20 })
        let dim = Image(width: scene.width, height: scene.height, pixels: scene.pixels.map { $0 / 2 })
        let running = try RunningStation(try tray([scene, black, dim], loop: false), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged == 3 })
        let counts = try #require(try running.line("tray")).counts
        #expect(counts.passed == 1)
        #expect(counts.noVerdictReasons == ["black_image": 1, "light_drift": 1])
        #expect(try running.line("tray")?.set?.tellsLightDrift == true)
        #expect(await running.station.stop())
    }

    @Test func lightLimitsChangeWhileTheCameraRuns() async throws {
        let scene = DrawnScene.picture(variant: 0)
        let dim = Image(width: scene.width, height: scene.height, pixels: scene.pixels.map { $0 / 2 })
        let running = try RunningStation(try tray([dim]), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.noVerdictReasons["light_drift"] ?? 0 > 2 })
        try running.rewrite(try tray([dim], extra: ", image: {when_light_drifts: warn}"))
        _ = try running.ask(.reload)
        #expect(running.waitsFor("tray") { $0.counts.judged - $0.counts.noVerdict > 2 })
        #expect(await running.station.stop())
    }

    @Test func aReplayMayRepeatOnePictureForEver() async throws {
        let running = try RunningStation(
            try tray([DrawnScene.picture(variant: 0)], extra: ", trigger: {mode: timer, interval_ms: 1100}"),
            in: folder)
        #expect(running.waitsFor("tray") { $0.counts.judged >= 5 })
        #expect(try running.line("tray")?.counts.noVerdict == 0)
        #expect(await running.station.stop())
    }

    @Test func aLineWithoutASetSaysSoForEveryFrameAndTakesTheSetWhenItComes() async throws {
        let pictures = [DrawnScene.picture(variant: 0)]
        var yaml = try tray(pictures)
        yaml.lines = yaml.lines.mapValues { $0.replacing(folder.file("set"), with: folder.file("later")) }
        yaml.extra = "health: {interval_s: 1}"
        let running = try RunningStation(yaml, in: folder)
        #expect(
            running.waitsFor("tray") {
                $0.reason == "no_support_set" && $0.counts.noVerdictReasons["no_support_set"] ?? 0 > 2
            })
        #expect(try running.line("tray")?.lastRefusal?.contains("later: cannot be read") == true)
        try FileManager.default.copyItem(atPath: folder.file("set"), toPath: folder.file("later"))
        let answer = try JSONDecoder().decode(ReloadOutcome.self, from: Data(try running.ask(.reload)))
        #expect(answer.ok && answer.changed == ["tray: support set → squares@1"])
        #expect(running.waitsFor("tray") { $0.state == "judging" && $0.counts.passed > 0 })
        #expect(await running.station.stop())
    }

    @Test func aFailingModelGivesNoVerdictAndRecovers() async throws {
        let running = try RunningStation(try tray([DrawnScene.picture(variant: 0)]), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.passed > 2 })
        running.model.behave(.fails)
        #expect(running.waitsFor("tray") { $0.counts.noVerdictReasons["model_failed"] ?? 0 > 2 })
        running.model.behave(.answers)
        let passed = try #require(try running.line("tray")).counts.passed
        #expect(running.waitsFor("tray") { $0.counts.passed > passed + 2 })
        #expect(await running.station.stop())
    }

    @Test func aVerdictThatComesTooLateIsNone() async throws {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let yaml = StationYAML(lines: [
            "tray":
                "camera: {replay: \"\(pattern)\", rate: 5, loop: true}, support_set: \(folder.file("set")), deadline_ms: 2000"
        ])
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.counts.passed > 2 })
        running.model.behave(.dawdles(.milliseconds(2100)))
        #expect(running.waitsFor("tray") { $0.counts.noVerdictReasons["model_timeout"] ?? 0 > 1 })
        running.model.behave(.answers)
        let passed = try #require(try running.line("tray")).counts.passed
        #expect(running.waitsFor("tray") { $0.counts.passed > passed + 2 })
        #expect(await running.station.stop())
    }

    @Test func aFrameForWhichTheModelHasNoTimeIsAnsweredAtItsDeadline() async throws {
        let running = try RunningStation(try tray([DrawnScene.picture(variant: 0)]), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.passed > 2 })
        // The model would wait for a minute.
        running.model.behave(.isTaken)
        #expect(running.waitsFor("tray") { $0.counts.noVerdictReasons["overload"] ?? 0 > 3 })
        running.model.behave(.answers)
        let passed = try #require(try running.line("tray")).counts.passed
        #expect(running.waitsFor("tray") { $0.counts.passed > passed + 2 })
        #expect(await running.station.stop())
    }

    @Test func aQuickLineDoesNotStarveASlowOne() async throws {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let rest = "support_set: \(folder.file("set")), deadline_ms: 5000"
        let running = try RunningStation(
            StationYAML(
                workers: 1,
                lines: [
                    "quick": "camera: {replay: \"\(pattern)\", rate: 500, loop: true}, \(rest)",
                    "slow": "camera: {replay: \"\(pattern)\", rate: 2, loop: true}, \(rest)",
                ]), in: folder)
        #expect(running.waitsFor("slow") { $0.counts.judged >= 6 })
        let quick = try #require(try running.line("quick")).counts
        let slow = try #require(try running.line("slow")).counts
        // The one worker has more to do than it can, and the slow line's frames are judged all the same.
        #expect(quick.skipped > quick.judged)
        #expect(slow.skipped <= 1 && slow.noVerdict == 0)
        // What the slow line leaves is the quick one's.
        #expect(quick.judged > slow.judged)
        #expect(await running.station.stop())
    }

    @Test func hangingWorkersAreAnsweredForAndReplacedTwiceThenTheProcessEnds() async throws {
        let running = try RunningStation(try tray([DrawnScene.picture(variant: 0)]), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.passed > 2 })
        running.model.behave(.hangs)
        #expect(
            Hook.waits(atMost: .seconds(30)) {
                running.station.look(feeding: false)
                return running.exited.all.contains(70)
            })
        #expect(running.waitsFor("tray") { $0.counts.noVerdictReasons["model_timeout"] == 2 })
        let judged = try #require(try running.line("tray")).counts
        // Two frames in the hands of the replacements, one in the slot.
        #expect(judged.judged + 3 >= judged.offered)
        running.model.behave(.answers)
        // The late results are discarded, the frames that were not given up are answered.
        #expect(running.waitsFor("tray") { $0.counts.passed > judged.passed + 2 })
        #expect(try running.line("tray")?.counts.noVerdictReasons["model_timeout"] == 2)
        _ = await running.station.stop()
    }

    @Test func aCameraThatGoesAndComesIsToldAtOnce() async throws {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let yaml = StationYAML(lines: [
            "tray": "camera: {replay: \"\(pattern)\", rate: 50}, support_set: \(folder.file("set"))"
        ])
        let running = try RunningStation(yaml, in: folder)
        #expect(running.waitsFor("tray") { $0.state == "judging" })
        let image = folder.file("frame-0.png")
        let aside = folder.file("aside.bin")
        try FileManager.default.moveItem(atPath: image, toPath: aside)
        #expect(running.waitsFor("tray") { $0.state == "waiting" && $0.reason == "no_images" })
        #expect(running.station.statusReport.state == "degraded")
        try FileManager.default.moveItem(atPath: aside, toPath: image)
        #expect(running.waitsFor("tray") { $0.state == "judging" })
        #expect(await running.station.stop())
    }

    @Test func findingsOfARegionAreToldInFramePixels() async throws {
        // The same scene inside a larger frame, judged by a region that cuts it out.
        let scene = DrawnScene.picture(variant: 0, without: 1)
        let frame = Image(width: 400, height: 300, pixels: [UInt8](repeating: 90, count: 400 * 300 * 3))
            .pasting(scene, x: 100, y: 20)
        let running = try RunningStation(
            try tray([frame], extra: ", region: {x: 100, y: 20, width: 256, height: 256}"), in: folder)
        #expect(running.waitsFor("tray") { $0.counts.failed > 0 })
        #expect(try running.line("tray")?.counts.noVerdict == 0)
        #expect(await running.station.stop())
    }

    @Test func aRegionBeyondTheFrameIsSaid() async throws {
        let running = try RunningStation(
            try tray([DrawnScene.picture(variant: 0)], extra: ", region: {x: 100, y: 20, width: 256, height: 256}"),
            in: folder)
        #expect(running.waitsFor("tray") { $0.counts.noVerdictReasons["frame_size_differs"] ?? 0 > 0 })
        #expect(await running.station.stop())
    }
}

extension Image {
    /// This picture with another one put in.
    fileprivate func pasting(_ other: Image, x: Int, y: Int) -> Image {
        var pixels = pixels
        for row in 0..<other.height {
            let start = ((y + row) * width + x) * 3
            pixels.replaceSubrange(
                start..<start + other.width * 3,
                with: other.pixels[row * other.width * 3..<(row + 1) * other.width * 3])
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}

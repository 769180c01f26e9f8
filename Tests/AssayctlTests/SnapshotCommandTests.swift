import AssayTestSupport
import Foundation
import Glibc
import Imaging
import Testing

/// `assayctl snapshot` over a preloaded camera, with a daemon and without one, and what `enroll` makes of it.
@Suite(.serialized) struct SnapshotCommandTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder("assay-snapshot")
        let scene = Workbench.scene(seed: 1).image(scale: 2)
        try folder.write(scene.pixels, to: "frame.rgb")
        environment = [
            "LD_PRELOAD": try PreloadCameraLibrary.compile(into: folder),
            "PRELOAD_CAMERA_MODES": "RGB3:\(scene.width):\(scene.height):20",
            "PRELOAD_CAMERA_FRAMES": folder.file("frame.rgb"),
            "PRELOAD_CAMERA_CONTROLS": "Gain:980913:integer:0:255:1:20;Hue:980903:integer:0:9:1:3:volatile",
        ]
        try settings("controls: {gain: 7}, width: \(scene.width), height: \(scene.height)")
    }

    private func settings(_ camera: String, _ line: String = "") throws {
        try folder.write(
            """
            station: {name: box}
            mqtt: {enabled: false}
            lines: {tray: {camera: {device: /dev/video0, format: rgb24, rate: 20, \(camera)}\(line)}}
            """, to: "assay.yaml")
    }

    private func snapshot(_ arguments: String..., more: [String: String] = [:]) throws -> CommandRun {
        let places = ["--config", folder.file("assay.yaml"), "--runtime-dir", folder.file("run")]
        return try CommandRun(
            "assayctl", ["snapshot"] + arguments + places, environment: environment.merging(more) { $1 })
    }

    private func daemon() throws -> ChildProcess {
        let daemon = try ChildProcess(
            PreloadCameraLibrary.program("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"), environment: environment)
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let status = try CommandRun("assayctl", ["status", "--runtime-dir", folder.file("run")])
            if status.output.contains("waiting (no_support_set)") { return daemon }
            usleep(50_000)
        }
        throw TestSupportError.notReady(program: "assayd", output: folder.file("log"))
    }

    private func pictures(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.file(name)).filter { $0.hasSuffix(".png") }.sorted()
    }

    private func record(in name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("\(name)/camera.json")))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func withoutADaemonTheCameraIsOpenedAndItsControlsReachTheSet() throws {
        let run = try snapshot("tray", "--into", folder.file("good"), "--count", "3", "--interval", "0")
        #expect(run.status == 0 && run.lines.count == 3, "\(run.errors)")
        #expect(try pictures(in: "good").count == 3)
        // Gain as the settings have it; what the camera changes by itself is no setting.
        #expect(try record(in: "good")["controls"] as? [String: Int] == ["gain": 7])
        let enrolled = try CommandRun(
            "assayctl",
            ["enroll", folder.file("good"), "--name", "tray", "--output", folder.file("set"), "--skip-self-test"])
        #expect(enrolled.status == 0, "\(enrolled.errors)")
        #expect(enrolled.output.contains("Preloaded Camera, 1 controls kept"), "\(enrolled.output)")
        let manifest = try String(contentsOfFile: folder.file("set/manifest.json"), encoding: .utf8)
        #expect(manifest.contains("\"gain\" : \"7\""))
    }

    @Test func aRunningDaemonWithoutASetGivesTheRegionThatItWouldJudge() throws {
        let scene = Workbench.scene(seed: 1).image(scale: 2)
        try settings(
            "controls: {gain: 7}, width: \(scene.width), height: \(scene.height)",
            ", region: {x: 10, y: 20, width: 100, height: 80}")
        let daemon = try daemon()
        let run = try snapshot("tray", "--into", folder.file("good"))
        #expect(run.status == 0, "\(run.errors)")
        let picture = try #require(try pictures(in: "good").first)
        let bytes = try Image.fileBytes(at: folder.file("good/" + picture))
        let expected = try scene.cropped(to: PixelBox(x: 10, y: 20, width: 100, height: 80))
        #expect(try Image(decodingFile: bytes) == expected)
        let region = try record(in: "good")["region"] as? [String: Int]
        #expect(region?["width"] == 100)
        let unknown = try snapshot("kit", "--into", folder.file("good"))
        #expect(unknown.status == 4 && unknown.errors.contains("no line called kit runs; the lines are: tray"))
        daemon.end(with: SIGTERM)
    }

    @Test func picturesOfOtherControlsDoNotMixInOneFolder() throws {
        #expect(try snapshot("tray", "--into", folder.file("good")).status == 0)
        let scene = Workbench.scene(seed: 1).image(scale: 2)
        try settings("controls: {gain: 9}, width: \(scene.width), height: \(scene.height)")
        let run = try snapshot("tray", "--into", folder.file("good"))
        #expect(run.status == 3 && run.errors.contains("gain 7 → 9"), "\(run.errors)")
        #expect(try pictures(in: "good").count == 1)
    }

    @Test func aControlThatIsRefusedIsWarnedOf() throws {
        let run = try snapshot(
            "tray", "--into", folder.file("good"),
            more: ["PRELOAD_CAMERA_CONTROLS": "Gain:980913:integer:0:255:1:20:deaf"])
        #expect(run.status == 0 && run.errors.contains("warning: gain: wanted 7, it has 20"), "\(run.errors)")
    }

    @Test func aCameraThatCannotBeOpenedIsExplained() throws {
        let busy = try snapshot(
            "tray", "--into", folder.file("good"), more: ["PRELOAD_CAMERA_FAULTS": "busy@1:1000"])
        #expect(busy.status == 4 && busy.errors.contains("/dev/video0 is in use"), "\(busy.errors)")
        let silent = try snapshot("tray", "--into", folder.file("good"), more: ["PRELOAD_CAMERA_DEVICE": "/dev/no"])
        #expect(silent.status == 4 && silent.output.isEmpty, "\(silent.errors)")
        let unknown = try snapshot("kit", "--into", folder.file("good"))
        #expect(unknown.status == 3 && unknown.errors.contains("has no line called kit; its lines are: tray"))
        #expect(!FileManager.default.fileExists(atPath: folder.file("good")))
    }

    @Test func recordsThatContradictEachOtherAreRefused() throws {
        for name in ["a", "b"] {
            try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: false)
            try folder.write(Workbench.scene(seed: 1).image(scale: 2).png(), to: "\(name)/1.png")
        }
        let record = """
            {"schema": "assay.camera-record/1", "camera": {"id": "c", "name": "c"},
             "frame": {"format": "yuyv", "width": 1, "height": 1}, "controls": {"gain": 1}}
            """
        try folder.write(record, to: "a/camera.json")
        try folder.write(record.replacing("\"gain\": 1", with: "\"gain\": 2"), to: "b/camera.json")
        func enroll(_ more: String...) throws -> CommandRun {
            try CommandRun(
                "assayctl",
                ["enroll", folder.file("a"), folder.file("b"), "--name", "t", "--output", folder.file("set")]
                    + ["--skip-self-test"] + more)
        }
        let refused = try enroll()
        #expect(refused.status == 3 && refused.errors.contains("under different controls"), "\(refused.errors)")
        let chosen = try enroll("--camera", folder.file("b/camera.json"))
        #expect(chosen.status == 0, "\(chosen.errors)")
        try folder.write(record.replacing("\"gain\"", with: "\"Gain\""), to: "a/camera.json")
        #expect(try enroll().errors.contains("names a control as no camera does"))
    }
}

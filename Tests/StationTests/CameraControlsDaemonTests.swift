import AssayTestSupport
import Foundation
import Glibc
import Imaging
import Station
import Testing

/// The real daemon with the real model and a broker, over a preloaded camera whose controls somebody changes.
@Suite(.serialized) struct CameraControlsDaemonTests {
    private let folder: TemporaryFolder
    private let broker: MosquittoBroker
    private let listener: Listener
    private let library: String

    init() throws {
        folder = try TemporaryFolder("assay-controls")
        broker = try MosquittoBroker()
        listener = try Listener(port: broker.port)
        library = try PreloadCameraLibrary.compile(into: folder)
        try folder.write(DrawnScene.picture(variant: 0).pixels, to: "frame.rgb")
    }

    private func yaml(_ camera: String, _ line: String = "") -> StationYAML {
        StationYAML(
            broker: "{host: 127.0.0.1, port: \(broker.port)}",
            lines: [
                "tray": """
                camera: {device: /dev/video0, format: rgb24, width: 256, height: 256, rate: 20, \(camera)}, \
                support_set: \(folder.file("set")), deadline_ms: 5000, image: {frozen_after_ms: 0}\(line)
                """
            ])
    }

    private func start(_ yaml: StationYAML, _ settings: [String: String]) throws -> ChildProcess {
        try folder.write(yaml.text, to: "assay.yaml")
        var environment = [
            "LD_PRELOAD": library, "PRELOAD_CAMERA_MODES": "RGB3:256:256:20",
            "PRELOAD_CAMERA_FRAMES": folder.file("frame.rgb"),
        ]
        for (name, value) in settings { environment["PRELOAD_CAMERA_\(name)"] = value }
        return try ChildProcess(
            PreloadCameraLibrary.program("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"), environment: environment)
    }

    private var log: String {
        FileManager.default.contents(atPath: folder.file("log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// `pass`, `fail` or the reason of a verdict that is none, repetitions left out.
    private func turns() throws -> [String] {
        var turns: [String] = []
        for verdict in try listener.objects("tray/verdict") {
            let reason = (verdict["reasons"] as? [String])?.first
            let turn = reason ?? verdict["decision"] as? String ?? "?"
            if turns.last != turn { turns.append(turn) }
        }
        return turns
    }

    private func events(_ code: String) throws -> [[String: Any]] {
        try listener.objects("event").filter { $0["code"] as? String == code }
    }

    private func waits(_ condition: () throws -> Bool) throws -> Bool {
        try Hook.waits(atMost: .seconds(60), until: condition)
    }

    @Test func aControlThatSomebodyChangesStopsTheVerdictsUntilItIsBack() throws {
        try DrawnScene.enrol(version: "1", controls: ["gain": "7"], into: folder.file("set"))
        let daemon = try start(
            yaml("controls: {gain: 7}"),
            ["CONTROLS": "Gain:980913:integer:0:255:1:20", "DRIFT": "980913@60:99,980913@140:7"])
        #expect(try waits { try turns() == ["pass", "controls_differ", "pass"] }, "\(log)")
        daemon.end(with: SIGTERM)
        let told = try events("controls_differ")
        #expect(told.count == 1)
        #expect((told.first?["text"] as? String)?.contains("gain: wanted 7, it has 99; it takes 0 to 255") == true)
        #expect(try events("controls_agree").count == 1)
        let cameras = try listener.objects("tray/camera").filter { $0["state"] as? String == "streaming" }
        #expect(cameras.compactMap { ($0["controls"] as? [String: Int])?["gain"] } == [7, 99, 7])
        #expect(cameras.map { ($0["differences"] as? [Any])?.count } == [0, 1, 0])
        let states = try listener.objects("status").compactMap { status in
            (status["lines"] as? [[String: Any]])?.first?["reason"] as? String
        }
        #expect(states.contains("controls_differ"))
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }

    @Test func aSetEnrolledUnderOtherControlsIsNotJudgedByUnlessTheLineOnlyWarns() throws {
        try DrawnScene.enrol(version: "1", controls: ["gain": "20", "hue": "3"], into: folder.file("set"))
        let controls = "Gain:980913:integer:0:255:1:21;Hue:980903:integer:-9:9:1:3"
        let daemon = try start(yaml("warm_up_frames: 0"), ["CONTROLS": controls])
        #expect(try waits { try turns() == ["controls_differ"] }, "\(log)")
        let text = try events("controls_differ").first?["text"] as? String
        #expect(text?.contains("gain: the support set was enrolled with 20, now it has 21") == true)
        #expect(text?.contains("hue") == false)
        try folder.write(yaml("warm_up_frames: 0", ", when_controls_differ: warn").text, to: "assay.yaml")
        daemon.signal(SIGHUP)
        #expect(try waits { try turns() == ["controls_differ", "pass"] }, "\(log)")
        daemon.end(with: SIGTERM)
        #expect(try events("controls_differ").last?["text"].map { "\($0)".contains("verdicts go on") } == true)
    }

    @Test func aControlThatTheCameraRefusesIsToldAndNothingIsJudged() throws {
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
        let daemon = try start(
            yaml("controls: {gain: 7, zoom: 3}"), ["CONTROLS": "Gain:980913:integer:0:255:1:20:deaf"])
        #expect(try waits { try turns() == ["controls_differ"] }, "\(log)")
        daemon.end(with: SIGTERM)
        let text = try events("controls_differ").first?["text"] as? String ?? ""
        #expect(text.contains("zoom: the camera has no such control; it has gain"))
        #expect(text.contains("gain: wanted 7, it has 20, the camera refused it (Input/output error)"))
    }

    @Test func controlsAreSetAgainAfterTheCameraWasUnplugged() throws {
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
        let daemon = try start(
            yaml("controls: {gain: 7}"),
            ["CONTROLS": "Gain:980913:integer:0:255:1:20", "FAULTS": "unplug@40:300"])
        #expect(try waits { try !events("camera_back").isEmpty }, "\(log)")
        let count = try listener.objects("tray/verdict").count
        #expect(try waits { try listener.objects("tray/verdict").count > count + 3 }, "\(log)")
        daemon.end(with: SIGTERM)
        #expect(try turns() == ["pass"])
        let values = try listener.objects("tray/camera").filter { $0["state"] as? String == "streaming" }
            .map { ($0["controls"] as? [String: Int])?["gain"] }
        #expect(values == [7, 7])
    }
}

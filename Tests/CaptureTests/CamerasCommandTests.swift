import Foundation
import Testing

/// `assayctl cameras` as an operator runs it.
struct CamerasCommandTests {
    @Test func aCameraIsListedWithALineForTheSettings() throws {
        let camera = PreloadedCamera(settings: [
            "MODES": "YUYV:640:480:30,YUYV:640:480:15,H264:1920:1080:30", "METADATA": "/dev/video1",
        ])
        let finished = try camera.run("assayctl", ["cameras"])
        #expect(finished.status == 0)
        #expect(finished.output.contains("/dev/video0  Preloaded Camera  (preload, preload:0)"))
        #expect(
            finished.output.contains(
                "camera: {bus: \"preload:0\", format: yuyv, width: 640, height: 480, rate: 30}"))
        #expect(finished.output.contains("or by device: /dev/video0"))
        #expect(finished.output.contains("yuyv 640×480 at 30, 15"))
        #expect(finished.output.contains("H264 1920×1080 at 30  (cannot be read)"))
        #expect(!finished.output.contains("/dev/video1"))
    }

    @Test func aCameraWithASerialNumberIsNamedByIt() throws {
        let camera = PreloadedCamera(settings: [
            "MODES": "YUYV:640:480:30", "SERIAL": "00 \"1", "BYID": "usb-X_1-video-index0", "MODEL": "X",
        ])
        let finished = try camera.run("assayctl", ["cameras"])
        #expect(finished.output.contains("camera: {serial: \"00 \\\"1\", format: yuyv,"))
        #expect(finished.output.contains("or by by_id: \"usb-X_1-video-index0\""))
    }

    @Test func theListCanBeReadByPrograms() throws {
        let finished = try PreloadedCamera(settings: ["MODES": "GREY:320:240:60", "SERIAL": "A"]).run(
            "assayctl", ["cameras", "--json"])
        #expect(finished.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(finished.output.utf8))
        let cameras = try #require((object as? [String: Any])?["cameras"] as? [[String: Any]])
        let ours = try #require(cameras.first { $0["device"] as? String == "/dev/video0" })
        #expect(ours["named_by"] as? String == "serial")
        #expect((ours["names"] as? [String: String])?["serial"] == "A")
        let modes = try #require(ours["modes"] as? [[String: Any]])
        #expect(modes.first?["format"] as? String == "grey")
        #expect(modes.first?["rates"] as? [Double] == [60])
    }

    @Test func controlsAreListedAndReadyForTheSettings() throws {
        let camera = PreloadedCamera(settings: [
            "CONTROLS": "Gain:980913:integer:0:255:1:20;Auto Exposure:9a0901:menu=Auto|Manual Mode:0:1:1:1;"
                + "Flash:9a09f0:boolean:0:1:1:0;Temperature:9a09f1:integer:-9:99:1:30:ro,volatile"
        ])
        let finished = try camera.run("assayctl", ["cameras"])
        #expect(
            finished.output.contains("  controls: {gain: 20, auto_exposure: 1, flash: false}"), "\(finished.output)")
        #expect(finished.output.contains("gain           20  (0 to 255; default 20)"))
        #expect(
            finished.output.contains(
                "auto_exposure  1 (Manual Mode)  (0 (Auto), 1 (Manual Mode); default 1 (Manual Mode))"))
        #expect(finished.output.contains("temperature    30  (-9 to 99; default 30; read-only, volatile)"))
        #expect(try camera.run("assayctl", ["cameras", "--json"]).output.contains("\"label\" : \"Manual Mode\""))
    }

    /// On a machine with cameras of its own there is nothing to see here.
    private static var hasCamera: Bool {
        (0..<64).contains { FileManager.default.fileExists(atPath: "/dev/video\($0)") }
    }

    @Test(.disabled(if: hasCamera))
    func noCameraIsACodeAndARemedy() throws {
        let finished = try PreloadedCamera(settings: ["DEVICE": "/dev/elsewhere"]).run("assayctl", ["cameras"])
        #expect(finished.status == 4)
        #expect(finished.errors.contains("no camera found"))
        #expect(finished.output.isEmpty)
    }

    @Test(.disabled(if: hasCamera))
    func aCameraThatMayNotBeOpenedIsNamed() throws {
        let finished = try PreloadedCamera(settings: ["FAULTS": "denied@1:9"]).run("assayctl", ["cameras"])
        #expect(finished.status == 4)
        #expect(finished.errors.contains("/dev/video0 may not be opened: add this user to the group video"))
    }
}

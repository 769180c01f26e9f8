import Capture
import Foundation
import Testing

/// A camera that goes, comes back, moves, changes or hangs, under `CameraSource` in a process of its own.
@Suite(.serialized)
struct CameraReturnTests {
    private static let small = "GREY:64:48:100"
    private static let usb = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1"

    private func camera(_ faults: String, _ more: [String: String] = [:]) -> PreloadedCamera {
        let identity = [
            "MODES": Self.small, "SERIAL": "A", "METADATA": "/dev/video1", "BYID": "usb-X_A-video-index0",
            "BYPATH": "pci-1-video-index0", "USB": Self.usb, "FAULTS": faults,
        ]
        return PreloadedCamera(settings: identity.merging(more) { $1 })
    }

    @Test(arguments: [
        "serial=A", "by_id=usb-X_A-video-index0", "by_path=pci-1-video-index0", "model=Preloaded Camera",
        "bus=usb-0000:00:14.0-1",
    ])
    func aCameraIsFollowedToItsNewNumber(name: String) throws {
        let outcome = try camera("renumber@5:200").probe(name, "frames=12")
        #expect(outcome.states == ["opening", "streaming", "device_missing", "streaming"])
        let devices = outcome.events.filter { $0.event == "streaming" }.compactMap(\.device)
        #expect(devices == ["/dev/video0", "/dev/video2"])
        #expect(outcome.events.last { $0.event == "streaming" }?.serial == "A")
        #expect(outcome.frames.count == 12)
    }

    @Test func aCameraNamedByItsDeviceIsNotFollowed() throws {
        let outcome = try camera("renumber@5:100").probe("device=/dev/video0", "frames=12", "limit=1500")
        #expect(outcome.states == ["opening", "streaming", "device_missing"])
    }

    @Test func newsOfItsArrivalAreFasterThanThePace() throws {
        // By the pace alone the tries lie 0.6, 1.9 and 4.4 s after the loss.
        let outcome = try camera("unplug@5:900", ["SETTLE": "100"]).probe("serial=A", "frames=12", "retry=5000")
        #expect(outcome.states == ["opening", "streaming", "device_missing", "streaming"])
        let times = outcome.events.filter { $0.state == "device_missing" || $0.state == "streaming" }.compactMap(\.at)
        try #require(times.count == 3)
        #expect(times[2] - times[1] >= 900)
        #expect(times[2] - times[1] < 1700)
    }

    @Test func permissionsThatUdevHasStillToSetAreNoNews() throws {
        let outcome = try camera("unplug@5:200", ["SETTLE": "400", "UDEV": "off"]).probe("serial=A", "frames=12")
        #expect(outcome.states == ["opening", "streaming", "device_missing", "streaming"])
    }

    @Test func permissionsThatAreMissingForGoodAreToldAndTriedAgain() throws {
        let outcome = try camera("denied@1:30").probe("serial=A", "frames=3")
        #expect(outcome.states == ["opening", "permission_denied", "streaming"])
    }

    @Test func withoutUdevWhatSysfsHasIsEnough() throws {
        for name in ["serial=A", "bus=usb-0000:00:14.0-1", "model=Preloaded Camera"] {
            let outcome = try camera("renumber@5:100", ["UDEV": "off"]).probe(name, "frames=8")
            #expect(outcome.states == ["opening", "streaming", "device_missing", "streaming"])
        }
    }

    @Test func aCameraThatIsNotThereIsToldWithThoseThatAre() throws {
        let outcome = try camera("").probe("serial=B", "frames=1", "limit=400")
        #expect(outcome.states == ["opening", "device_missing"])
        let text = try #require(outcome.events.first { $0.event == "lost" }?.text)
        #expect(text.contains("no camera with serial B"))
        #expect(text.contains("/dev/video0 (serial A, bus usb-0000:00:14.0-1)"))
    }

    @Test func aCameraPluggedInLaterIsTaken() throws {
        let outcome = try camera("", ["ABSENT": "500"]).probe("serial=A", "frames=3", "retry=5000")
        #expect(outcome.states == ["opening", "device_missing", "streaming"])
    }

    @Test func aPictureThatChangesItsFormIsToldByTheDriver() throws {
        let modes = "GREY:64:48:100,GREY:32:24:100"
        let free = try camera("source@5:1", ["MODES": modes]).probe("serial=A", "frames=12")
        #expect(free.states == ["opening", "streaming", "format_changed", "streaming"])
        #expect(free.events.last { $0.event == "streaming" }?.width == 32)
        let text = try #require(free.events.first { $0.event == "lost" }?.text)
        #expect(text.contains("from grey 64×48 to grey 32×24"))
        let bound = try camera("source@5:1", ["MODES": modes])
            .probe("serial=A", "frames=12", "width=64", "height=48", "limit=1000")
        #expect(bound.states == ["opening", "streaming", "format_changed", "unsupported_format"])
    }

    @Test func aPictureThatChangesItsFormInSilenceIsSeenByItsFrames() throws {
        let outcome = try camera("resize@5:1", ["MODES": "GREY:64:48:100,GREY:32:24:100", "EVENTS": "off"])
            .probe("serial=A", "frames=12", "width=64", "height=48")
        #expect(outcome.states == ["opening", "streaming", "format_changed", "streaming"])
        #expect(outcome.frames.allSatisfy { $0.count == 64 * 48 })
        #expect(try outcome.done().errors ?? 0 >= 1)
    }

    @Test func aDriverThatComesBackIsHeldAgainstNobody() throws {
        let outcome = try camera("hang_dqbuf@6:2500").probe("serial=A", "frames=12")
        #expect(outcome.states == ["opening", "streaming", "camera_hung", "streaming"])
        #expect(outcome.frames.count == 12)
        #expect(try outcome.done().losses == 1)
    }

    @Test(arguments: ["hang_dqbuf@6:0", "hang_qbuf@9:0"])
    func aDriverThatHangsForEverHoldsUpNoStop(fault: String) throws {
        let outcome = try camera(fault).probe("serial=A", "frames=100", "limit=2500")
        #expect(outcome.states == ["opening", "streaming", "camera_hung"])
        let stopped = try #require(outcome.events.first { $0.event == "stopped" })
        #expect(stopped.ended == false)
        #expect(try #require(stopped.ms) < 1500)
        #expect(
            try #require(outcome.events.first { $0.state == "camera_hung" }?.text).contains(
                "serial A: the driver has not come back"))
    }

    @Test(arguments: ["hang_open@1:0", "hang_streamon@1:0"])
    func aDriverThatHangsAtTheStartIsTold(fault: String) throws {
        let outcome = try camera(fault).probe("serial=A", "frames=1", "limit=6500")
        #expect(outcome.states == ["opening", "camera_hung"])
        #expect(outcome.events.first { $0.event == "stopped" }?.ended == false)
    }

    @Test func aDriverThatHangsInClosingLetsTheLossBeToldFirst() throws {
        let outcome = try camera("eio@5,hang_streamoff@1:600").probe("serial=A", "frames=12")
        #expect(outcome.states == ["opening", "streaming", "io_error", "streaming"])
        let times = outcome.events.compactMap { $0.state == nil || $0.state == "opening" ? nil : $0.at }
        try #require(times.count == 3)
        #expect(times[1] - times[0] < 400)
        #expect(times[2] - times[1] >= 600)
    }

    @Test func aDriverThatHangsHoldsUpNoList() throws {
        let finished = try camera("hang_querycap@1:0").run("assayctl", ["cameras"])
        #expect(finished.status == 4)
        #expect(finished.errors.contains("/dev/video0: the driver has not come back for 5.0 seconds"))
    }

    @Test func theProgramThatHoldsAFileIsNamed() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("held-\(UUID().uuidString)")
        try Data("x".utf8).write(to: file)
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/bin/sleep")
        holder.arguments = ["60"]
        holder.standardInput = try FileHandle(forReadingFrom: file)
        try holder.run()
        defer {
            kill(holder.processIdentifier, SIGKILL)
            holder.waitUntilExit()
        }
        let deadline = ContinuousClock.now + .seconds(5)
        func found() -> NodeHolder? {
            NodeHolder.holders(of: file.path, besides: getpid()).first { $0.process == holder.processIdentifier }
        }
        while found()?.name != "sleep", ContinuousClock.now < deadline { usleep(5000) }
        #expect(found()?.wording == "sleep (process \(holder.processIdentifier))")
        #expect(NodeHolder.holders(of: "/there/is/none").isEmpty)
    }
}

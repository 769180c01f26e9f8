import Foundation
import Imaging
import Testing

/// `CameraSource` in a process of its own, over a V4L2 device that the test library makes up.
///
/// One test at a time: each has a camera with a clock.
@Suite(.serialized)
struct CameraSourceTests {
    private static let small = "GREY:64:48:100"

    /// Each frame has the content of its number, and the numbers between two frames are lost or skipped ones.
    private func expectConsistent(_ frames: [PreloadedCamera.Event]) throws {
        var before: UInt32?
        for frame in frames {
            let sequence = try #require(frame.sequence)
            #expect(frame.painted == sequence)
            #expect(frame.bytes?.last == Int(sequence & 0xFF))
            #expect(frame.unchanged == true)
            if let before, let lost = frame.lost, let skipped = frame.skipped {
                #expect(Int(sequence &- before) == lost + skipped + 1)
            }
            before = sequence
        }
    }

    private func expectNothingLeft(_ outcome: PreloadedCamera.Outcome) throws {
        let done = try outcome.done()
        #expect(done.descriptorsAfter == done.descriptorsBefore)
        #expect(done.threadsAfter == done.threadsBefore)
        #expect(done.mappingsAfter == 0)
        #expect(outcome.report["closed"] == outcome.report["opened"])
        #expect(outcome.report["unmapped"] == outcome.report["mapped"])
        #expect(outcome.report["bad_qbuf"] == 0)
    }

    @Test func framesArriveWithTheirNumbersAndContents() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "YUYV:640:480:60"]).probe("frames=20")
        #expect(outcome.frames.count == 20)
        #expect(outcome.states == ["opening", "streaming"])
        try expectConsistent(outcome.frames)
        try expectNothingLeft(outcome)
        let stopped = try #require(outcome.events.first { $0.event == "stopped" }?.ms)
        #expect(stopped < 2000)
    }

    @Test func theNewestFrameWinsAndASlowTakerStarvesNoBuffer() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "GREY:64:48:50"]).probe("frames=10", "hold=150")
        try expectConsistent(outcome.frames)
        try expectNothingLeft(outcome)
        #expect(outcome.frames.reduce(0) { $0 + ($1.skipped ?? 0) } >= 20)
        // First in, first out would hand out frames as old as the time the one before was held.
        let ages = outcome.frames.dropFirst().compactMap(\.ageMilliseconds).sorted()
        #expect(ages[ages.count / 2] < 75)
        // The taker's, the slot's, and the one between the driver and the slot; of five buffers two are always queued.
        #expect(try #require(outcome.report["most_held"]) <= 3)
    }

    @Test func aFrameThatIsTakenAtOnceCostsTheDriverOneLook() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "GREY:64:48:20"]).probe("frames=60")
        let looks = try #require(outcome.report["looks"])
        let delivered = try #require(outcome.report["delivered"])
        // One that is fetched late may have a successor, which is looked for; looking twice each time would be double.
        #expect(looks >= delivered)
        #expect(Double(looks) < Double(delivered) * 1.5)
        try expectNothingLeft(outcome)
    }

    @Test func twoWorkersHoldNoMoreThanTheirShare() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": Self.small]).probe("frames=20", "hold=40", "workers=2")
        #expect(outcome.frames.allSatisfy { $0.unchanged == true && $0.painted == $0.sequence })
        #expect(try #require(outcome.report["most_held"]) <= 4)
        try expectNothingLeft(outcome)
    }

    @Test func damagedFramesAreDroppedAndCounted() throws {
        let outcome = try PreloadedCamera(settings: [
            "MODES": Self.small, "FAULTS": "error@3,short@6:100,gap@9:4,long@12",
        ])
        .probe("frames=12")
        try expectConsistent(outcome.frames)
        let done = try outcome.done()
        #expect(done.errors == 3)
        #expect(done.flagged == 1 && done.short == 1 && done.oversized == 1)
        #expect(done.lost == 7)
        #expect(done.losses == 0)
        #expect(outcome.states == ["opening", "streaming"])
        try expectNothingLeft(outcome)
    }

    @Test(arguments: [
        "stamp@4:3600000", "stamp@4:-3600000", "stamp@4:-900000000", "clock@4:9", "stamp@4:-900,stamp@8:-900",
    ])
    func aStampThatCannotBeGivesWayToTheArrival(faults: String) throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "GREY:64:48:20", "FAULTS": faults]).probe("frames=12")
        try expectConsistent(outcome.frames)
        let done = try outcome.done()
        #expect(try #require(done.stamps) >= 5)
        #expect(outcome.frames.allSatisfy { (0..<1000).contains($0.ageMilliseconds ?? -1) })
        #expect(outcome.states == ["opening", "streaming"])
    }

    @Test func soundStampsAndNumbersAreNotDoubted() throws {
        let done = try PreloadedCamera(settings: ["MODES": Self.small]).probe("frames=50").done()
        #expect(done.stamps == 0 && done.repeated == 0 && done.errors == 0)
    }

    @Test func numbersThatRepeatAreCounted() throws {
        let done = try PreloadedCamera(settings: ["MODES": "GREY:64:48:20", "FAULTS": "repeat@5:3"])
            .probe("frames=12").done()
        #expect(done.repeated == 3)
    }

    @Test func aGarbledPictureIsNoPicture() throws {
        let folder = try ImageFolder()
        let pixels = (0..<64 * 48 * 3).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        try folder.write("frame.jpg", bytes: try Image(width: 64, height: 48, pixels: pixels).jpeg(quality: 90))
        let outcome = try PreloadedCamera(
            settings: ["MODES": "MJPG:64:48:50", "FRAMES": folder.path + "/frame.jpg", "FAULTS": "garble@3:4"]
        ).probe("frames=10")
        #expect(outcome.frames.count { $0.picture?.width == 0 } == 4)
        #expect(outcome.frames.count { $0.picture?.width == 64 } == 6)
    }

    @Test func numbersMayWrap() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": Self.small, "FIRST": "4294967290", "FAULTS": "gap@9:3"])
            .probe("frames=15")
        try expectConsistent(outcome.frames)
        #expect(outcome.frames.contains { ($0.sequence ?? .max) < 20 })
        #expect(try outcome.done().lost == 3)
    }

    @Test(arguments: [
        ("unplug@5:300", "device_missing"), ("eio@5", "io_error"), ("silence@5:600", "no_frames"),
    ])
    func aCameraLostWhileStreamingComesBack(fault: String, reason: String) throws {
        let outcome = try PreloadedCamera(settings: ["MODES": Self.small, "FAULTS": fault])
            .probe("frames=30", "timeout=400")
        #expect(outcome.states == ["opening", "streaming", reason, "streaming"])
        #expect(outcome.frames.count == 30)
        #expect(try outcome.done().losses == 1)
        try expectNothingLeft(outcome)
    }

    @Test(arguments: [("busy@1:4", "device_busy"), ("enospc@1:4", "no_bandwidth")])
    func aCameraThatRefusesAtFirstIsTriedAgain(fault: String, reason: String) throws {
        let outcome = try PreloadedCamera(settings: ["MODES": Self.small, "FAULTS": fault]).probe("frames=3")
        #expect(outcome.states == ["opening", reason, "streaming"])
        #expect(outcome.frames.count == 3)
        #expect(try outcome.done().losses == 0)
        try expectNothingLeft(outcome)
    }

    @Test func aFrameOnLoanOutlivesItsCamera() throws {
        // The third frame is held while the camera goes and comes back; until then the mapping keeps the node in use.
        let outcome = try PreloadedCamera(settings: ["MODES": Self.small, "FAULTS": "unplug@20:50"])
            .probe("frames=5", "hold=300", "retry=20")
        #expect(outcome.frames.allSatisfy { $0.unchanged == true && $0.painted == $0.sequence })
        #expect(outcome.states == ["opening", "streaming", "device_missing", "streaming"])
        try expectNothingLeft(outcome)
    }

    @Test func aBufferThatTheDriverRefusesOnceIsNotLost() throws {
        // Five are queued at the start; the sixth is the first to come back.
        let outcome = try PreloadedCamera(settings: ["MODES": Self.small, "FAULTS": "qbuf@6,qbuf@10"])
            .probe("frames=12")
        try expectConsistent(outcome.frames)
        #expect(outcome.states == ["opening", "streaming"])
        try expectNothingLeft(outcome)
    }

    @Test(arguments: [
        (name: "YUYV", format: "yuyv", row: 160, count: 160 * 48), ("UYVY", "uyvy", 160, 160 * 48),
        ("NV12", "nv12", 96, 96 * 72), ("GREY", "grey", 96, 96 * 48), ("RGB3", "rgb24", 224, 224 * 48),
        ("BGR3", "bgr24", 224, 224 * 48), ("YVYU", "yvyu", 160, 160 * 48), ("VYUY", "vyuy", 160, 160 * 48),
        ("NV21", "nv21", 96, 96 * 72), ("NV16", "nv16", 96, 96 * 96), ("NV61", "nv61", 96, 96 * 96),
        ("YU12", "yuv420", 96, 96 * 72), ("YV12", "yvu420", 96, 96 * 72), ("422P", "yuv422p", 96, 96 * 96),
        ("Y10", "y10", 160, 160 * 48), ("Y16", "y16", 160, 160 * 48), ("BA81", "bggr8", 96, 96 * 48),
        ("GBRG", "gbrg8", 96, 96 * 48), ("GRBG", "grbg8", 96, 96 * 48), ("RGGB", "rggb8", 96, 96 * 48),
        ("Y16-BE", "Y16-BE", 160, 160 * 48), ("RGBP", "RGBP", 160, 160 * 48),
    ])
    func eachFormatKeepsItsRowLength(name: String, format: String, row: Int, count: Int) throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "\(name):64:48:100", "PADDING": "32"])
            .probe("frames=3", "format=\(format)")
        try expectConsistent(outcome.frames)
        #expect(outcome.frames.allSatisfy { $0.format == format && $0.row == row && $0.count == count })
        #expect(outcome.frames.allSatisfy { $0.picture?.width == 64 && $0.picture?.height == 48 })
    }

    @Test func aMotionJPEGFrameHasItsOwnLengthAndIsDecoded() throws {
        let folder = try ImageFolder()
        let jpeg = try Image(width: 64, height: 48, pixels: [UInt8](repeating: 200, count: 64 * 48 * 3))
            .jpeg(quality: 90)
        try folder.write("frame.jpg", bytes: jpeg)
        let outcome = try PreloadedCamera(
            settings: ["MODES": "MJPG:64:48:100", "FRAMES": folder.path + "/frame.jpg"]
        ).probe("frames=3")
        #expect(outcome.frames.allSatisfy { $0.format == "mjpeg" && $0.count == jpeg.count })
        let pictures = outcome.frames.compactMap(\.picture)
        #expect(pictures.count == 3)
        #expect(pictures.allSatisfy { $0.width == 64 && $0.height == 48 && abs($0.first[0] - 200) <= 2 })
    }

    @Test func whatTheCameraReallyGivesIsReported() throws {
        let modes = "YUYV:640:480:30,YUYV:640:480:10,MJPG:1280:720:30,GREY:320:240:60"
        let outcome = try PreloadedCamera(settings: ["MODES": modes])
            .probe("frames=1", "format=yuyv", "width=640", "height=480", "rate=12")
        let streaming = try #require(outcome.events.first { $0.event == "streaming" })
        #expect(streaming.format == "yuyv")
        #expect(streaming.width == 640)
        #expect(streaming.height == 480)
        #expect(streaming.rate == 10)
        #expect(streaming.card == "Preloaded Camera")
    }

    @Test func aFormatThatTheCameraLacksIsRefusedWithThoseItHas() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "YUYV:640:480:30"])
            .probe("frames=1", "width=1000", "height=700", "limit=400")
        #expect(outcome.states == ["opening", "unsupported_format"])
        #expect(outcome.frames.isEmpty)
        let text = try #require(outcome.events.first { $0.event == "lost" }?.text)
        #expect(text.contains("1000×700"))
        #expect(text.contains("yuyv 640×480 at 30"))
        try expectNothingLeft(outcome)
    }

    @Test func twoHundredStartsAndStopsLeaveNothingOpen() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "GREY:64:48:1000"]).probe("frames=1", "cycles=200")
        #expect(outcome.report["opened"] == 200)
        #expect(try outcome.done().taken == 200)
        try expectNothingLeft(outcome)
    }
}

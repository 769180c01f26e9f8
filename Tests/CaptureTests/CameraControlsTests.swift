import Foundation
import Testing

/// Controls set, read back and watched by `CameraSource`, in a process of its own over the preloaded camera.
@Suite(.serialized)
struct CameraControlsTests {
    private static let exposure = "Exposure Time, Absolute:9a0902:integer:3:2047:1:250:by=9a0901=1"
    private static let autoExposure = "Auto Exposure:9a0901:menu=Auto Mode|Manual Mode:0:1:1:0:update"
    private static let gain = "Gain:980913:integer:0:255:1:20"

    private func probe(
        _ controls: [String], _ settings: [String: String] = [:], _ arguments: String...
    ) throws -> PreloadedCamera.Outcome {
        let own = ["MODES": "GREY:64:48:100", "CONTROLS": controls.joined(separator: ";")]
        let camera = PreloadedCamera(settings: own.merging(settings) { $1 })
        return try camera.probe(arguments)
    }

    @Test func controlsAreSetInAnOrderThatWorksAndReadBack() throws {
        let outcome = try probe(
            [Self.exposure, Self.autoExposure, Self.gain], [:], "frames=3",
            "controls=exposure_time_absolute:156,auto_exposure:Manual Mode,gain:7")
        let told = try #require(outcome.controls.first)
        #expect(outcome.controls.count == 1 && told.faults == [])
        #expect(told.controls == ["auto_exposure": 1, "exposure_time_absolute": 156, "gain": 7])
        #expect(outcome.report["control_009a0902"] == 156 && outcome.report["sets_009a0902"] == 1)
        #expect(outcome.report["first_set_009a0901"] == 1)
    }

    @Test func withoutWishesTheyAreOnlyReadBack() throws {
        let outcome = try probe([Self.autoExposure, Self.gain], [:], "frames=3")
        #expect(outcome.controls.first?.controls == ["auto_exposure": 0, "gain": 20])
        #expect(outcome.report["sets_00980913"] == 0)
    }

    @Test func theyAreSetAtEveryOpening() throws {
        let outcome = try probe(
            [Self.gain], ["FAULTS": "unplug@10:100,eio@40"], "frames=60", "controls=gain:7", "retry=20")
        #expect(
            outcome.states == ["opening", "streaming", "device_missing", "streaming", "io_error", "streaming"])
        #expect(outcome.controls.allSatisfy { $0.controls == ["gain": 7] && $0.faults == [] })
        #expect(outcome.report["sets_00980913"] == 3)
    }

    @Test func aClampedValueIsToldWithTheRange() throws {
        let outcome = try probe([Self.gain + ":clamp=100"], [:], "frames=3", "controls=gain:200")
        #expect(outcome.controls.first?.faults == ["gain: wanted 200, it has 100; it takes 0 to 255"])
    }

    @Test func aRefusedValueIsToldWithTheDriversReason() throws {
        let outcome = try probe([Self.gain + ":deaf"], [:], "frames=3", "controls=gain:200")
        let fault = try #require(outcome.controls.first?.faults?.first)
        #expect(fault.contains("gain: wanted 200, it has 20, the camera refused it (Input/output error)"))
        // A camera that says no is not asked for ever.
        #expect(try #require(outcome.report["sets_00980913"]) <= 4)
    }

    @Test func aBusyControlIsTriedAgain() throws {
        let outcome = try probe([Self.gain + ":busy=2"], [:], "frames=3", "controls=gain:200")
        #expect(outcome.controls.first?.faults == [] && outcome.report["control_00980913"] == 200)
    }

    @Test func aValueThatItsAutomaticRulesIsToldUntilTheAutomaticIsOff() throws {
        let outcome = try probe([Self.exposure, Self.autoExposure], [:], "frames=3", "controls=exposure:156")
        let fault = try #require(outcome.controls.first?.faults?.first)
        #expect(fault.contains("exposure: wanted 156, it has 250") && fault.contains("switch auto_exposure off"))
    }

    @Test func anAutomaticThatNobodyKnowsIsFoundByTrying() throws {
        // The ruler comes after the ruled in every order but that of a second try.
        let ruler = "Zoo:9a09f1:boolean:0:1:1:1"
        let ruled = "Ape:9a09f2:integer:0:9:1:0:by=9a09f1=0"
        let outcome = try probe([ruler, ruled], [:], "frames=3", "controls=ape:5,zoo:false")
        #expect(outcome.controls.first?.controls == ["ape": 5, "zoo": 0])
        #expect(outcome.controls.first?.faults == [])
    }

    @Test(arguments: ["on", "off"])
    func aChangeFromOutsideIsToldAtItsBeginningAndItsEnd(events: String) throws {
        // Without events the controls are read every two seconds.
        let back = events == "on" ? 60 : 300
        let outcome = try probe(
            [Self.gain], ["EVENTS": events, "DRIFT": "980913@30:99,980913@\(back):7"], "frames=\(back * 2)",
            "controls=gain:7")
        let told = outcome.controls
        #expect(told.map(\.controls) == [["gain": 7], ["gain": 99], ["gain": 7]])
        #expect(told.map { $0.faults?.count } == [0, 1, 0])
        #expect(told.last?.faults == [] && outcome.states.count == 4)
    }

    @Test func framesThatFollowAChangeComeAfterItsTelling() throws {
        let outcome = try probe([Self.gain], ["DRIFT": "980913@30:99"], "frames=60", "controls=gain:7")
        let told = try #require(outcome.events.firstIndex { $0.faults?.count == 1 })
        let before = outcome.events[..<told].compactMap(\.sequence)
        // The frame of the change itself may have been in the queue.
        #expect(try #require(before.max()) <= 30)
    }

    @Test func whatTheCameraChangesByItselfIsNoNews() throws {
        let drift = (1...40).map { "9a0902@\($0 * 2):\($0 + 100)" }.joined(separator: ",")
        let outcome = try probe(
            ["Exposure Time, Absolute:9a0902:integer:3:2047:1:250:volatile", Self.gain],
            ["DRIFT": drift, "EVENTS": "off"], "frames=300")
        #expect(outcome.controls.count == 1)
    }

    @Test func firstFramesAreGivenBackUnseenAfterEachOpening() throws {
        let outcome = try probe(
            [Self.gain], ["MODES": "GREY:64:48:25", "FAULTS": "unplug@30:50,gap@4:3"], "frames=40", "warmup=7",
            "retry=20")
        #expect(outcome.frames.first?.sequence.map { $0 >= 7 } == true)
        #expect(outcome.frames.first?.lost == 0)
        let done = try outcome.done()
        #expect(done.unseen == 14 && done.losses == 1)
        #expect(outcome.report["bad_qbuf"] == 0)
    }

    @Test func afterItsControlsAreBackACameraWarmsUpAgain() throws {
        let outcome = try probe(
            [Self.gain], ["DRIFT": "980913@30:99,980913@60:7"], "frames=80", "warmup=5", "controls=gain:7")
        #expect(try outcome.done().unseen == 10)
    }

    @Test func aCameraWithHostileControlsIsReadWithinBounds() throws {
        let odd = [
            "\u{1B}[2J:980901:integer:9:-9:0:0", "Text:980902:text:0:10:1:0", "Gone:980903:menu=||:0:2:1:0",
            "Gain:980904:wide:-9000000000:9000000000:1:5000000000", "Gain:980905:bitmask:0:-1:0:3",
            "Huge:980906:menu=a:0:9000000000:1:0", "Steps:980907:numbers=1|8|64:0:2:1:1",
            "Push:980908:button:0:0:0:0:wo",
        ]
        let outcome = try probe(odd, [:], "frames=3", "controls=gain:-9000000000,push:true,steps:2")
        let told = try #require(outcome.controls.first)
        #expect(told.faults == [])
        #expect(told.controls?["gain"] == -9_000_000_000 && told.controls?["gain_980905"] == 3)
        #expect(told.controls?["steps"] == 2 && told.controls?["2j"] == 0 && told.controls?["push"] == nil)
        #expect(outcome.report["sets_00980908"] == 1)
    }
}

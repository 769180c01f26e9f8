import Capture
import Glibc
import Testing

/// What becomes of wishes, with the controls of a usual USB camera.
struct ControlPlanTests {
    private static let gain = CameraControl(
        id: 0x98_0913, name: "gain", kind: .integer, minimum: 0, maximum: 255, step: 1, standard: 20, value: 20)
    private static let whiteBalance = CameraControl(
        id: 0x98_090C, name: "white_balance_automatic", kind: .boolean, minimum: 0, maximum: 1, step: 1, standard: 1,
        value: 1)
    private static let mains = CameraControl(
        id: 0x98_0918, name: "power_line_frequency", kind: .menu, minimum: 0, maximum: 2, step: 1, standard: 1,
        menu: [.init(index: 0, label: "Disabled"), .init(index: 1, label: "50 Hz"), .init(index: 2, label: "60 Hz")],
        value: 1)
    private static let autoExposure = CameraControl(
        id: 0x9A_0901, name: "auto_exposure", kind: .menu, minimum: 0, maximum: 3, step: 1, standard: 3,
        menu: [.init(index: 1, label: "Manual Mode"), .init(index: 3, label: "Aperture Priority Mode")], value: 3)
    private static let exposure = CameraControl(
        id: 0x9A_0902, name: "exposure_time_absolute", kind: .integer, minimum: 3, maximum: 2047, step: 1,
        standard: 250, flags: .inactive, value: 250)
    private static let privacy = CameraControl(
        id: 0x9A_0910, name: "privacy", kind: .boolean, minimum: 0, maximum: 1, step: 1, standard: 0, flags: .readOnly,
        value: 0)
    private static let mask = CameraControl(
        id: 0x9A_09F0, name: "lights", kind: .bitmask, minimum: 0, maximum: 0xF, step: 0, standard: 0, value: 0)
    private static let reset = CameraControl(
        id: 0x9A_09F1, name: "pan_reset", kind: .button, minimum: 0, maximum: 0, step: 0, standard: 0,
        flags: .writeOnly)
    private static let all = [gain, whiteBalance, mains, autoExposure, exposure, privacy, mask, reset]

    private func plan(_ wishes: [(String, ControlValue)]) -> ControlPlan {
        ControlPlan(wishes.map { ControlWish($0.0, $0.1) }, for: Self.all)
    }

    @Test func automaticsComeBeforeWhatTheyRule() {
        let plan = plan([
            ("exposure_time_absolute", .number(156)), ("gain", .number(0)), ("auto_exposure", .number(1)),
            ("white_balance_automatic", .truth(false)),
        ])
        #expect(plan.faults.isEmpty)
        #expect(
            plan.steps.map(\.name) == [
                "auto_exposure", "white_balance_automatic", "exposure_time_absolute", "gain",
            ])
        #expect(plan.steps.map(\.value) == [1, 0, 156, 0])
    }

    @Test(arguments: [
        ("exposure", ControlValue.number(9), 0x9A_0902, 9), ("exposure_absolute", .number(3), 0x9A_0902, 3),
        ("exposure_auto", .item("manual mode"), 0x9A_0901, 1), ("auto_white_balance", .truth(true), 0x98_090C, 1),
        ("power_line_frequency", .item("60 Hz"), 0x98_0918, 2), ("power_line_frequency", .item("60_hz"), 0x98_0918, 2),
        ("power_line_frequency", .number(0), 0x98_0918, 0), ("white_balance_automatic", .number(0), 0x98_090C, 0),
        ("lights", .number(5), 0x9A_09F0, 5), ("pan_reset", .truth(true), 0x9A_09F1, 1),
    ])
    func aValueIsUnderstood(name: String, value: ControlValue, id: UInt32, number: Int64) {
        let plan = plan([(name, value)])
        #expect(plan.steps.map(\.id) == [id] && plan.steps.map(\.value) == [number] && plan.faults.isEmpty)
    }

    @Test(arguments: [
        ("gain", ControlValue.number(256), "gain: wanted 256, it has 20, but it takes 0 to 255"),
        ("gain", .number(.min), "takes 0 to 255"), ("gain", .truth(true), "wanted true"),
        ("gain", .item("high"), "wanted \"high\""),
        ("auto_exposure", .number(0), "takes 1 (Manual Mode), 3 (Aperture Priority Mode)"),
        ("auto_exposure", .item("Mode"), "takes 1 (Manual Mode), 3 (Aperture Priority Mode)"),
        ("auto_exposure", .truth(false), "it has 3 (Aperture Priority Mode)"),
        ("white_balance_automatic", .number(2), "takes true or false"),
        ("privacy", .truth(true), "cannot be set"), ("lights", .number(16), "takes 0 to 0xf"),
        ("lights", .number(-1), "takes 0 to 0xf"), ("pan_reset", .truth(false), "presses it"),
        ("zoom", .number(1), "zoom: the camera has no such control; it has gain, white_balance_automatic"),
    ])
    func aWishThatCannotBeIsAFaultWithWhatCould(name: String, value: ControlValue, complaint: String) throws {
        let plan = plan([(name, value)])
        #expect(plan.steps.isEmpty)
        let fault = try #require(plan.faults.first)
        #expect(plan.faults.count == 1 && fault.description.contains(complaint), "\(fault)")
    }

    @Test func twoNamesForOneControlAreAFault() {
        let plan = plan([("exposure", .number(5)), ("exposure_time_absolute", .number(6))])
        #expect(plan.steps.map(\.value) == [5])
        #expect(plan.faults.map(\.cause) == [.repeated(other: "exposure")])
    }

    private func faults(_ change: (inout CameraControl) -> Void, refusals: [UInt32: Errno] = [:]) -> [ControlFault] {
        var exposure = Self.exposure
        exposure.flags = []
        exposure.value = 156
        change(&exposure)
        let plan = plan([("exposure", .number(156))])
        return plan.faults(in: Self.all.map { $0.id == exposure.id ? exposure : $0 }, refusals: refusals)
    }

    @Test func whatIsAsWishedIsNoFault() {
        #expect(faults { _ in }.isEmpty)
        #expect(faults({ _ in }, refusals: [Self.exposure.id: Errno(EBUSY)]).isEmpty)
    }

    @Test func anotherValueIsAFaultWithTheDriversReason() {
        #expect(faults { $0.value = 155 }.map(\.cause) == [.differs])
        #expect(
            faults({ $0.value = 155 }, refusals: [Self.exposure.id: Errno(EIO)]).map(\.description) == [
                "exposure: wanted 156, it has 155, the camera refused it (Input/output error); it takes 3 to 2047"
            ])
        #expect(faults { $0.value = nil }.map(\.cause) == [.differs])
    }

    @Test func aValueWithoutEffectIsAFaultThatNamesTheAutomatic() {
        #expect(faults { $0.flags = .inactive }.map(\.cause) == [.inactive(automatic: "auto_exposure")])
    }

    @Test func whatTheCameraChangesByItselfIsNotCompared() {
        #expect(
            faults {
                $0.flags = .volatile
                $0.value = 3
            }.isEmpty)
    }
}

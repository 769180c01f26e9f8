import Capture
import Publishing
import Station
import Testing

/// What counts as a difference between a camera and the support set it is judged by.
struct ControlComparisonTests {
    private func control(
        _ name: String, _ value: Int64?, flags: ControlFlags = [], kind: CameraControl.Kind = .integer
    ) -> CameraControl {
        CameraControl(
            id: 0x98_0913, name: name, kind: kind, minimum: 0, maximum: 255, step: 1, standard: 0, flags: flags,
            value: value)
    }

    private func differences(
        _ control: CameraControl?, enrolled: [String: String]?, faults: [ControlFault] = []
    ) -> [ControlDifference] {
        ControlComparison.differences(
            of: CameraControls(control.map { [$0] } ?? [], faults: faults), enrolled: enrolled)
    }

    @Test func theSameValueIsNoDifference() {
        #expect(differences(control("gain", 20), enrolled: ["gain": "20"]).isEmpty)
        #expect(differences(control("gain", 20), enrolled: [:]).isEmpty)
        #expect(differences(control("gain", 20), enrolled: nil).isEmpty)
    }

    @Test func anotherValueIsOneWithBothTold() {
        #expect(
            differences(control("gain", 21), enrolled: ["gain": "20"]) == [
                ControlDifference(
                    control: "gain", measure: .supportSet, wanted: "20", found: "21",
                    sentence: "gain: the support set was enrolled with 20, now it has 21")
            ])
    }

    @Test func aControlThatIsGoneOrUnreadableOrRuledByAnAutomaticDiffers() {
        #expect(differences(nil, enrolled: ["gain": "20"]).first?.sentence.hasSuffix("no such control") == true)
        #expect(differences(control("gain", nil), enrolled: ["gain": "20"]).count == 1)
        let ruled = differences(control("gain", 20, flags: .inactive), enrolled: ["gain": "20"])
        #expect(ruled.first?.sentence.hasSuffix("is ruled by an automatic") == true)
    }

    @Test func whatTheCameraChangesByItselfOrNobodyCanSetIsNotCompared() {
        for flags in [ControlFlags.volatile, .readOnly, [.volatile, .inactive]] {
            #expect(differences(control("gain", 99, flags: flags), enrolled: ["gain": "20"]).isEmpty)
        }
    }

    @Test func whatTheSettingsAskForComesFirstAndOnce() {
        let fault = ControlFault(name: "gain", wanted: "7", found: "9", possible: "0 to 255", cause: .differs)
        let found = differences(control("gain", 9), enrolled: ["gain": "20", "hue": "1"], faults: [fault])
        #expect(found.map(\.control) == ["gain", "hue"])
        #expect(found.map(\.measure) == [.settings, .supportSet])
    }

    @Test func onlySteadyValuesAreRemembered() {
        func steady(_ control: CameraControl) -> Bool { !CameraControls([control]).steadyValues.isEmpty }
        #expect(steady(control("gain", 3)))
        #expect(!steady(control("gain", 3, flags: .volatile)))
        #expect(!steady(control("gain", 3, flags: .inactive)))
        #expect(!steady(control("gain", 3, flags: .readOnly)))
        #expect(!steady(control("gain", nil, flags: .writeOnly)))
        #expect(!steady(control("gain", nil, kind: .button)))
    }
}

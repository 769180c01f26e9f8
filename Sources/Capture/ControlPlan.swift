/// Wishes brought together with the controls that a camera has, in the order in which they are to be set.
package struct ControlPlan: Equatable, Sendable {
    package struct Step: Equatable, Sendable {
        /// As the settings call it.
        package let name: String
        package let wanted: String
        package let id: UInt32
        package let value: Int64
    }

    /// Automatics before what they rule; else in the order of the names.
    package let steps: [Step]

    /// Wishes that no setting can fulfil.
    package let faults: [ControlFault]

    package init(_ wishes: [ControlWish], for controls: [CameraControl]) {
        var steps: [(step: Step, rank: Int)] = []
        var faults: [ControlFault] = []
        for wish in wishes.sorted(by: { $0.name < $1.name }) {
            do throws(ControlFault) {
                let control = try Self.control(of: wish, among: controls)
                if let other = steps.first(where: { $0.step.id == control.id }) {
                    throw wish.fault(.repeated(other: other.step.name), of: control)
                }
                let value = try Self.value(of: wish, for: control)
                steps.append(
                    (
                        Step(name: wish.name, wanted: control.wording(of: value), id: control.id, value: value),
                        control.orderOfSetting
                    ))
            } catch {
                faults.append(error)
            }
        }
        self.steps = (0...2).flatMap { rank in steps.filter { $0.rank == rank }.map(\.step) }
        self.faults = faults
    }

    /// The control of that name; else the first that the name is an alias for.
    private static func control(
        of wish: ControlWish, among controls: [CameraControl]
    ) throws(ControlFault) -> CameraControl {
        if let control = controls.first(where: { $0.name == wish.name }) { return control }
        for id in ControlName.aliases[wish.name] ?? [] {
            if let control = controls.first(where: { $0.id == id }) { return control }
        }
        let names = controls.filter(\.isSettable).map(\.name)
        let some = names.prefix(40).joined(separator: ", ") + (names.count > 40 ? ", …" : "")
        throw ControlFault(
            name: wish.name, wanted: "\(wish.value)", found: nil, possible: names.isEmpty ? "none" : some,
            cause: .unknown)
    }

    /// The number that the driver is to be told.
    private static func value(of wish: ControlWish, for control: CameraControl) throws(ControlFault) -> Int64 {
        guard control.isSettable else { throw wish.fault(.readOnly, of: control) }
        switch (control.kind, wish.value) {
        case (.boolean, .truth(let isOn)): return isOn ? 1 : 0
        case (.button, .truth(true)): return 1
        case (.boolean, .number(let number)) where number == 0 || number == 1: return number
        case (.integer, .number(let number)), (.integer64, .number(let number)):
            if number >= control.minimum, number <= control.maximum { return number }
        case (.bitmask, .number(let number)):
            // The driver's bounds of a mask are 32 bits, however it fills the upper half.
            let most = UInt32(truncatingIfNeeded: control.maximum)
            if let mask = UInt32(exactly: number), mask & ~most == 0 { return number }
        case (.menu, .number(let number)), (.integerMenu, .number(let number)):
            if control.menu.contains(where: { $0.index == number }) { return number }
        case (.menu, .item(let words)), (.integerMenu, .item(let words)):
            let meant = control.menu.filter { ControlName.plain($0.label) == ControlName.plain(words) }
            if meant.count == 1 { return meant[0].index }
        default: break
        }
        throw wish.fault(.notAValue, of: control)
    }

    /// What is not as it was wished, told from the controls as they are now.
    ///
    /// - Parameter refusals: what the driver said when a control was last set, by its number.
    package func faults(in controls: [CameraControl], refusals: [UInt32: Errno]) -> [ControlFault] {
        faults
            + steps.compactMap { step in
                guard let control = controls.first(where: { $0.id == step.id }) else {
                    return ControlFault(
                        name: step.name, wanted: step.wanted, found: nil, possible: "nothing now", cause: .unknown)
                }
                return fault(of: step, control, refusal: refusals[step.id])
            }
    }

    private func fault(of step: Step, _ control: CameraControl, refusal: Errno?) -> ControlFault? {
        func fault(_ cause: ControlFault.Cause) -> ControlFault {
            ControlFault(
                name: step.name, wanted: step.wanted, found: control.value.map(control.wording),
                possible: control.rangeWording, cause: cause)
        }
        if control.flags.contains(.inactive) { return fault(.inactive(automatic: control.automatic)) }
        // What the camera itself changes cannot be held against it, and what cannot be read is believed.
        guard control.isReadable, !control.flags.contains(.volatile) else { return refusal.map { fault(.refused($0)) } }
        guard control.value != step.value else { return nil }
        return fault(refusal.map { .refused($0) } ?? .differs)
    }
}

extension ControlWish {
    fileprivate func fault(_ cause: ControlFault.Cause, of control: CameraControl) -> ControlFault {
        ControlFault(
            name: name, wanted: "\(value)", found: control.value.map(control.wording),
            possible: control.rangeWording, cause: cause)
    }
}

extension CameraControl {
    /// 0 for an automatic, 1 for what else changes other controls, 2 for the rest.
    fileprivate var orderOfSetting: Int {
        if ControlName.automatics.contains(id) { return 0 }
        return flags.contains(.changesOthers) || flags.contains(.changesLayout) || name.contains("auto") ? 1 : 2
    }

    /// The name of the automatic that rules this control.
    fileprivate var automatic: String? { ControlName.automaticNames[id] }
}

internal import Capture
internal import Health
internal import Publishing
internal import Settings
internal import Synchronization

extension Line {
    /// Tells what changed in how the camera's controls stand; once a change.
    func tellControls() {
        let turn: ControlTurn? = state.withLock { $0.controlTurn() }
        guard let turn else { return }
        switch turn {
        case .differ(let differences, let policy):
            let told = differences.prefix(5).map(\.sentence).joined(separator: "; ")
            let more = differences.count > 5 ? "; and \(differences.count - 5) more" : ""
            let effect = policy == .refuse ? "no verdicts while this lasts" : "verdicts go on all the same"
            announcer.event(
                .controlsDiffer, line: name, why: "\(told)\(more); \(effect)",
                data: [
                    "camera": orders.camera,
                    "controls": differences.prefix(ControlComparison.mostTold).map(\.control)
                        .joined(separator: ","),
                ])
        case .agree: announcer.event(.controlsAgree, line: name, data: ["camera": orders.camera])
        }
    }
}

/// A change in how the controls stand that is told.
enum ControlTurn: Equatable, Sendable {
    case differ([ControlDifference], DoubtPolicy)
    case agree
}

extension Line.State {
    /// Compares the controls of the streaming camera with the settings and the set in force; after each change of one
    /// of them.
    mutating func compareControls() {
        guard case .streaming(let description) = condition.source else { return }
        // Files have no controls, whatever the set was enrolled with.
        let isCamera = if case .device = orders.settings.camera { true } else { false }
        let enrolled = orders.set?.enrolledControls
        controlDifferences =
            isCamera ? ControlComparison.differences(of: description.controls, enrolled: enrolled) : []
        orders.controlsDiffer = !controlDifferences.isEmpty && orders.settings.whenControlsDiffer == .refuse
        let isDoubted = orders.controlsDiffer
        change { $0.controlsDiffer = isDoubted }
    }

    /// What is to be told since the last time; a camera that does not stream says nothing of its controls.
    fileprivate mutating func controlTurn() -> ControlTurn? {
        guard case .streaming = condition.source else { return nil }
        let policy = orders.settings.whenControlsDiffer
        let new = controlDifferences.isEmpty ? ControlTurn.agree : .differ(controlDifferences, policy)
        defer { toldControls = new }
        return new == toldControls || (toldControls == nil && new == .agree) ? nil : new
    }
}

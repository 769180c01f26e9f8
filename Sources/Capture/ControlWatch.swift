/// Sets a camera's controls as they are wished for, and sees whether they stay so.
///
/// What the driver makes of a wish is read back: only the value that is there counts.
package struct ControlWatch: Sendable {
    /// As read last.
    private(set) var controls: CameraControls
    private let plan: ControlPlan
    private var refusals: [UInt32: Errno] = [:]

    /// The driver tells of every change.
    private let isTold: Bool

    /// When to look again, told or not.
    package private(set) var nextLook: MonotonicTime

    /// Between two looks where the driver tells, and where it does not: some cameras change by themselves in silence.
    private static let intervalWhenTold = Duration.seconds(30)
    private static let interval = Duration.seconds(2)

    /// An automatic may take one round to let go of what it rules, and a range may depend on another control.
    private static let mostRounds = 4

    /// Lists the controls and sets those wished for.
    package init(setting wishes: [ControlWish], on device: borrowing OwnedDescriptor) {
        let found = device.controls()
        plan = ControlPlan(wishes, for: found)
        controls = CameraControls(found, faults: plan.faults(in: found, refusals: [:]))
        var isTold = true
        for control in found where control.isReadable && !control.isTheCamerasOwn {
            isTold = device.subscribe(to: control.id) && isTold
        }
        self.isTold = isTold
        nextLook = .now
        set(plan.steps, on: device)
    }

    /// Sets again what is not as wished; once after the start of a stream, which changes controls on some cameras.
    mutating func confirm(on device: borrowing OwnedDescriptor) {
        read(from: device)
        if controls.faults.count > plan.faults.count { set(missed, on: device) }
        nextLook = MonotonicTime.now.advanced(by: interval)
    }

    /// Reads all again when it is time or the driver told of a change, by events that were taken already.
    ///
    /// - Returns: whether anything changed but what the camera changes by itself.
    package mutating func look(at device: borrowing OwnedDescriptor, isTold: Bool, now: MonotonicTime) -> Bool {
        guard isTold || now >= nextLook else { return false }
        nextLook = now.advanced(by: interval)
        guard !controls.list.isEmpty else { return false }
        let before = controls
        read(from: device)
        return controls != before
    }

    private var interval: Duration { isTold ? Self.intervalWhenTold : Self.interval }

    /// The steps whose control is not as wished.
    private var missed: [ControlPlan.Step] {
        let names = Set(controls.faults.map(\.name))
        return plan.steps.filter { names.contains($0.name) }
    }

    /// Sets and reads back until all is as wished, or another round changes nothing.
    private mutating func set(_ steps: [ControlPlan.Step], on device: borrowing OwnedDescriptor) {
        var steps = steps
        for _ in 0..<Self.mostRounds where !steps.isEmpty {
            let before = (controls, refusals)
            for step in steps {
                let isWide = controls.list.contains { $0.id == step.id && $0.isWide }
                refusals[step.id] = device.set(step.id, to: step.value, isWide: isWide)
            }
            read(from: device)
            steps = missed
            if before == (controls, refusals) { return }
        }
    }

    private mutating func read(from device: borrowing OwnedDescriptor) {
        let list = device.refreshed(controls.list)
        // What the camera changes by itself is no news: its first value stands until something else changes.
        let isSame = zip(list, controls.list).allSatisfy { $0.isSame(as: $1) }
        let faults = plan.faults(in: list, refusals: refusals)
        guard !isSame || faults != controls.faults else { return }
        controls = CameraControls(list, faults: faults)
    }
}

extension CameraControl {
    /// The camera changes it by itself, some with every frame; nobody can set what is read-only.
    fileprivate var isTheCamerasOwn: Bool { flags.contains(.volatile) || flags.contains(.readOnly) }

    fileprivate func isSame(as other: CameraControl) -> Bool {
        guard isTheCamerasOwn, other.isTheCamerasOwn else { return self == other }
        var other = other
        other.value = value
        return self == other
    }
}

internal import CVideo4Linux
internal import Glibc

extension OwnedDescriptor {
    /// More are not listed; no camera has as many.
    private static var mostControls: Int { 256 }
    private static var mostMenuItems: Int64 { 128 }

    /// All controls in the driver's order, with their values; empty for a driver without any.
    ///
    /// Headings (control classes) and disabled controls are left out. Two of one name are told apart by a number.
    borrowing func controls() -> [CameraControl] {
        var controls: [CameraControl] = []
        var names: Set<String> = []
        var last: UInt32 = 0
        while controls.count < Self.mostControls {
            guard let entry = self.query(last | Self.next), entry.id > last else { break }
            last = entry.id
            guard let kind = CameraControl.Kind(entry), entry.flags & UInt32(V4L2_CTRL_FLAG_DISABLED) == 0 else {
                continue
            }
            let plain = ControlName.plain(Camera.text(entry.name))
            let base = plain.isEmpty ? "control_\(String(entry.id, radix: 16))" : plain
            let name = names.contains(base) ? "\(base)_\(String(entry.id, radix: 16))" : base
            names.insert(name)
            var control = CameraControl(
                id: entry.id, name: name, kind: kind, minimum: entry.minimum, maximum: entry.maximum,
                step: entry.step, standard: entry.default_value, menu: menu(of: entry, kind),
                flags: ControlFlags(rawValue: entry.flags))
            control.value = value(of: control)
            controls.append(control)
        }
        return controls
    }

    /// The same controls with the flags, ranges and values that they have now.
    borrowing func refreshed(_ controls: [CameraControl]) -> [CameraControl] {
        var controls = controls
        for place in controls.indices {
            guard let entry = query(controls[place].id) else { continue }
            controls[place].flags = ControlFlags(rawValue: entry.flags)
            controls[place].minimum = entry.minimum
            controls[place].maximum = entry.maximum
            controls[place].step = entry.step
            controls[place].value = value(of: controls[place])
        }
        return controls
    }

    /// `VIDIOC_S_EXT_CTRLS`. Nil when the driver took it, be it only the nearest that it can.
    borrowing func set(_ id: UInt32, to value: Int64, isWide: Bool) -> Errno? {
        repeating {
            var value = value
            return unsafe assay_control_write(number, id, isWide ? 1 : 0, &value)
        }
    }

    /// `VIDIOC_SUBSCRIBE_EVENT`: whether the driver will tell when the control changes.
    borrowing func subscribe(to control: UInt32) -> Bool {
        var subscription = v4l2_event_subscription()
        subscription.type = UInt32(V4L2_EVENT_CTRL)
        subscription.id = control
        return outcome(of: assay_VIDIOC_SUBSCRIBE_EVENT, &subscription) == nil
    }

    /// Has the driver tell when the camera's picture takes another form; many cannot.
    borrowing func subscribeToSourceChange() {
        var subscription = v4l2_event_subscription()
        subscription.type = UInt32(V4L2_EVENT_SOURCE_CHANGE)
        // A driver without the event is asked for its format when a frame does not fit.
        _ = outcome(of: assay_VIDIOC_SUBSCRIBE_EVENT, &subscription)
    }

    /// `VIDIOC_DQEVENT` until none is left; what they say of controls is read from the controls themselves.
    ///
    /// - Returns: whether the picture has taken another form.
    borrowing func takeEvents() -> Bool {
        var isSourceChanged = false
        var event = v4l2_event()
        // The kernel keeps one for each control; the bound is for a driver that never ends.
        for _ in 0..<1024 {
            guard outcome(of: assay_VIDIOC_DQEVENT, &event) == nil else { break }
            if event.type == UInt32(V4L2_EVENT_SOURCE_CHANGE) { isSourceChanged = true }
        }
        return isSourceChanged
    }

    private static var next: UInt32 { V4L2_CTRL_FLAG_NEXT_CTRL | UInt32(V4L2_CTRL_FLAG_NEXT_COMPOUND) }

    /// `VIDIOC_QUERY_EXT_CTRL`; nil at the end of the list.
    private borrowing func query(_ id: UInt32) -> v4l2_query_ext_ctrl? {
        var entry = v4l2_query_ext_ctrl()
        entry.id = id
        return outcome(of: assay_VIDIOC_QUERY_EXT_CTRL, &entry) == nil ? entry : nil
    }

    /// `VIDIOC_G_EXT_CTRLS`; nil for what cannot be read.
    private borrowing func value(of control: CameraControl) -> Int64? {
        guard control.isReadable else { return nil }
        var value: Int64 = 0
        let failure = repeating { unsafe assay_control_read(number, control.id, control.isWide ? 1 : 0, &value) }
        return failure == nil ? value : nil
    }

    /// `VIDIOC_QUERYMENU` for each index; those that the camera lacks are holes.
    private borrowing func menu(of entry: v4l2_query_ext_ctrl, _ kind: CameraControl.Kind) -> [CameraControl.MenuItem] {
        guard kind == .menu || kind == .integerMenu, entry.minimum >= 0, entry.maximum >= entry.minimum,
            entry.minimum < 1 << 31
        else {
            return []
        }
        var items: [CameraControl.MenuItem] = []
        var label = [UInt8](repeating: 0, count: 32)
        var number: Int64 = 0
        for index in entry.minimum...min(entry.maximum, entry.minimum + Self.mostMenuItems) {
            guard let place = UInt32(exactly: index) else { break }
            // unsafe: the label has the 32 bytes of the kernel's structure
            let failure = repeating {
                unsafe assay_control_menu_item(self.number, entry.id, place, &label, &number)
            }
            guard failure == nil else { continue }
            let words = kind == .menu ? Camera.text(label) : "\(number)"
            items.append(CameraControl.MenuItem(index: index, label: words))
        }
        return items
    }

    /// A call of the C library, repeated when a signal interrupts it.
    private borrowing func repeating(_ call: () -> Int32) -> Errno? {
        while true {
            guard call() < 0 else { return nil }
            let failure = Errno.last
            if failure.code != EINTR { return failure }
        }
    }
}

extension CameraControl {
    var isWide: Bool { kind == .integer64 }
}

extension CameraControl.Kind {
    /// Nil for headings.
    fileprivate init?(_ entry: v4l2_query_ext_ctrl) {
        if entry.flags & UInt32(V4L2_CTRL_FLAG_HAS_PAYLOAD) != 0 || entry.nr_of_dims > 0 {
            self = .payload
            return
        }
        switch entry.type {
        case V4L2_CTRL_TYPE_INTEGER.rawValue: self = .integer
        case V4L2_CTRL_TYPE_BOOLEAN.rawValue: self = .boolean
        case V4L2_CTRL_TYPE_MENU.rawValue: self = .menu
        case V4L2_CTRL_TYPE_INTEGER_MENU.rawValue: self = .integerMenu
        case V4L2_CTRL_TYPE_BITMASK.rawValue: self = .bitmask
        case V4L2_CTRL_TYPE_BUTTON.rawValue: self = .button
        case V4L2_CTRL_TYPE_INTEGER64.rawValue: self = .integer64
        case V4L2_CTRL_TYPE_CTRL_CLASS.rawValue: return nil
        default: self = .payload
        }
    }
}

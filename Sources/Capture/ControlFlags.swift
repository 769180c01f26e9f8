internal import CVideo4Linux

/// What the driver says of a control besides its range.
package struct ControlFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Never to be used.
    package static let disabled = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_DISABLED))

    /// Not to be changed for now, mostly while frames are streaming.
    package static let grabbed = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_GRABBED))
    package static let readOnly = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_READ_ONLY))

    /// Setting it changes others.
    package static let changesOthers = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_UPDATE))

    /// Without effect for now: an automatic has it.
    package static let inactive = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_INACTIVE))
    package static let writeOnly = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_WRITE_ONLY))

    /// The camera changes it by itself.
    package static let volatile = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_VOLATILE))
    package static let hasPayload = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_HAS_PAYLOAD))

    /// Setting it to what it is already still does something.
    package static let actsOnEachWrite = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_EXECUTE_ON_WRITE))

    /// Setting it changes the size of the frames.
    package static let changesLayout = ControlFlags(rawValue: UInt32(V4L2_CTRL_FLAG_MODIFY_LAYOUT))

    /// The names of those that are set, for a person.
    package var names: [String] {
        let named: [(ControlFlags, String)] = [
            (.disabled, "disabled"), (.grabbed, "grabbed"), (.readOnly, "read-only"),
            (.changesOthers, "changes others"), (.inactive, "inactive"), (.writeOnly, "write-only"),
            (.volatile, "volatile"), (.hasPayload, "has payload"), (.actsOnEachWrite, "acts on each write"),
            (.changesLayout, "changes layout"),
        ]
        return named.filter { contains($0.0) }.map(\.1)
    }
}

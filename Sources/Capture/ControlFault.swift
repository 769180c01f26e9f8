/// A wish that a camera does not fulfil: what was wanted, what is, and what would be possible.
package struct ControlFault: Error, Equatable, Sendable {
    package enum Cause: Equatable, Sendable {
        /// The camera has no such control.
        case unknown

        /// Another wish means the same control.
        case repeated(other: String)

        case readOnly

        /// Not one of the values that the control can have.
        case notAValue
        case refused(Errno)

        /// Set, but without effect: an automatic has the control. Its name, where it is known.
        case inactive(automatic: String?)

        /// Set without an error, and yet another value is there: taken into the range, or changed since.
        case differs
    }

    package let name: String
    package let wanted: String

    /// What the control has; nil where it cannot be read.
    package let found: String?

    /// What it may have; of an unknown control the names that there are.
    package let possible: String
    package let cause: Cause

    package init(name: String, wanted: String, found: String?, possible: String, cause: Cause) {
        self.name = name
        self.wanted = wanted
        self.found = found
        self.possible = possible
        self.cause = cause
    }
}

extension ControlFault: CustomStringConvertible {
    package var description: String {
        let has = found.map { ", it has \($0)" } ?? ""
        switch cause {
        case .unknown: return "\(name): the camera has no such control; it has \(possible)"
        case .repeated(let other): return "\(name): is the same control as \(other); keep one of them"
        case .readOnly: return "\(name): wanted \(wanted)\(has), but it cannot be set; take it out of the settings"
        case .notAValue: return "\(name): wanted \(wanted)\(has), but it takes \(possible)"
        case .refused(let failure):
            return "\(name): wanted \(wanted)\(has), the camera refused it (\(failure)); it takes \(possible)"
        case .inactive(let automatic):
            let remedy = automatic.map { "switch \($0) off" } ?? "switch the automatic off that rules it"
            return "\(name): wanted \(wanted)\(has), but it is without effect for now; \(remedy)"
        case .differs: return "\(name): wanted \(wanted)\(has); it takes \(possible)"
        }
    }
}

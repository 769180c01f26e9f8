internal import CLinux

/// A moment on the kernel's monotonic clock, which drivers stamp frames with.
///
/// Only differences mean anything; a caller that needs the wall clock reads both clocks and adds the difference.
package struct MonotonicTime: Comparable, Hashable, Sendable {
    /// Since boot, sleep not counted.
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Nil when the sum does not fit: a driver may hand out any number.
    package init?(seconds: Int, microseconds: Int) {
        let (whole, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (part, partOverflow) = Int64(microseconds).multipliedReportingOverflow(by: 1000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(part)
        guard !overflow, !partOverflow, !sumOverflow else { return nil }
        nanoseconds = sum
    }

    package static var now: MonotonicTime { MonotonicTime(nanoseconds: assay_monotonic_nanoseconds()) }

    /// How long after `earlier` this moment is; negative when it lies before.
    package func since(_ earlier: MonotonicTime) -> Duration {
        .nanoseconds(nanoseconds(since: earlier))
    }

    package func advanced(by duration: Duration) -> MonotonicTime {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = nanoseconds.addingReportingOverflow(overflow ? 0 : whole)
        guard !overflow, !sumOverflow else {
            return MonotonicTime(nanoseconds: seconds > 0 ? .max : .min)
        }
        return MonotonicTime(nanoseconds: sum.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue)
    }

    /// The same in nanoseconds, for what is done with every frame.
    func nanoseconds(since earlier: MonotonicTime) -> Int64 {
        nanoseconds.subtractingReportingOverflow(earlier.nanoseconds).partialValue
    }

    /// - Parameter step: in nanoseconds.
    func advanced(byNanoseconds step: Int64) -> MonotonicTime {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(step)
        return MonotonicTime(nanoseconds: overflow ? (step > 0 ? .max : .min) : sum)
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension Duration {
    /// In nanoseconds, rounded towards zero; the largest or smallest number where it does not fit.
    var wholeNanoseconds: Int64 { MonotonicTime(nanoseconds: 0).advanced(by: self).nanoseconds }
}

package import Capture
package import Health

/// Tells that something which is only counted began to happen, and that it happens no more.
package struct CountWatch: Sendable {
    private let begins: EventCode
    private let ends: EventCode

    /// Without another count for as long, it is over.
    private let quiet: Duration
    private var count: UInt64 = 0
    private var last: MonotonicTime?

    package init(begins: EventCode, ends: EventCode, quiet: Duration = .seconds(10)) {
        self.begins = begins
        self.ends = ends
        self.quiet = quiet
    }

    /// - Parameters:
    ///   - count: all that was counted so far.
    ///   - why: asked for where it begins.
    package mutating func turn(count new: UInt64, at now: MonotonicTime, why: () -> String) -> FaultWatch.Turn? {
        let hasRisen = new > count
        count = new
        if hasRisen {
            defer { last = now }
            return last == nil ? FaultWatch.Turn(code: begins, why: why()) : nil
        }
        guard let last, now.since(last) >= quiet else { return nil }
        self.last = nil
        return FaultWatch.Turn(code: ends, why: nil)
    }
}

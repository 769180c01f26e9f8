package import Capture
package import Health
package import Verdicts

/// Tells the faults of a line's frames at their beginning and at their end, not with every frame.
///
/// A fault is over with the first frame that was looked at for it and found free, some time after the last that had it:
/// one that comes and goes is one fault. A frame refused for one reason was not looked at for those checked later.
package struct FaultWatch: Sendable {
    /// What to say.
    package struct Turn: Equatable, Sendable {
        package let code: EventCode
        package let why: String?
    }

    private struct Fault {
        let begins: EventCode
        let ends: EventCode?
        let why: String
        let quiet: Duration
    }

    /// The reasons in the order in which a frame is checked for them.
    private static let checks: [[ReasonCode]] = [
        [.staleFrame, .modelTimeout], [.badFrame], [.frozenImage], [.noSupportSet], [.controlsDiffer],
        [.frameSizeDiffers],
        [.blackImage, .blownOutImage], [.lightDrift], [.overload], [.modelFailed],
    ]

    private static func fault(_ reason: ReasonCode) -> Fault? {
        switch reason {
        case .staleFrame:
            Fault(
                begins: .overload, ends: .overloadOver, why: "frames are older than the line's deadline",
                quiet: .seconds(2))
        case .overload:
            Fault(
                begins: .overload, ends: .overloadOver, why: "the model has no time for frames within their deadline",
                quiet: .seconds(2))
        case .modelTimeout:
            Fault(
                begins: .overload, ends: .overloadOver, why: "verdicts come later than the line's deadline",
                quiet: .seconds(2))
        case .frozenImage:
            Fault(
                begins: .imageFrozen, ends: .imageFrozenOver, why: "every frame is the same to the last bit",
                quiet: .zero)
        case .blackImage:
            Fault(
                begins: .imageBlack, ends: .imageBlackOver, why: "nearly all of the picture is black",
                quiet: .seconds(1))
        case .blownOutImage:
            Fault(
                begins: .imageBlownOut, ends: .imageBlownOutOver, why: "nearly all of the picture is blown out",
                quiet: .seconds(1))
        case .lightDrift:
            Fault(
                begins: .lightDrift, ends: .lightDriftOver, why: "the light is not that of the set's images",
                quiet: .seconds(5))
        case .modelFailed:
            Fault(begins: .modelFailed, ends: nil, why: "frames get no verdict while this lasts", quiet: .zero)
        default: nil
        }
    }

    /// When each fault that lasts was last met.
    private var standing: [ReasonCode: MonotonicTime] = [:]

    package init() {}

    /// What changed with one more frame.
    ///
    /// - Parameter why: what was measured, where that says more than the fault's own sentence.
    package mutating func turns(
        after decision: Decision, reasons: [ReasonCode], why: String? = nil, at now: MonotonicTime
    ) -> [Turn] {
        var begun: [Turn] = []
        let reached = Self.checks.lastIndex { !$0.allSatisfy { !reasons.contains($0) } }
        let checked = decision == .noVerdict ? reached.map { Self.checks[...$0] } ?? [] : Self.checks[...]
        for reason in checked.joined() where reasons.contains(reason) {
            guard let fault = Self.fault(reason) else { continue }
            let last = standing[reason]
            standing[reason] = max(now, last ?? now)
            if last == nil, !isTold(fault.begins, besides: reason) {
                begun.append(Turn(code: fault.begins, why: why ?? fault.why))
            }
        }
        var ended: [Turn] = []
        for reason in checked.joined() where !reasons.contains(reason) {
            guard let fault = Self.fault(reason), let last = standing[reason], now.since(last) >= fault.quiet else {
                continue
            }
            standing[reason] = nil
            if let over = fault.ends, !isTold(fault.begins, besides: reason) {
                ended.append(Turn(code: over, why: nil))
            }
        }
        return ended + begun
    }

    /// Whether another reason of the same fault stands.
    private func isTold(_ code: EventCode, besides reason: ReasonCode) -> Bool {
        standing.keys.contains { $0 != reason && Self.fault($0)?.begins == code }
    }
}

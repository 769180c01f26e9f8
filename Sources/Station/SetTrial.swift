package import Verdicts

/// The first frames under a new set: they show whether it can judge at all.
///
/// A frame without a verdict counts against the set where it, and not the station or the light, may be the cause; one
/// verdict of any kind proves it.
package struct SetTrial: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        case proven
        case failed(ReasonCode)
    }

    /// Reasons that a set can bring with it.
    private static let brought: Set<ReasonCode> = [
        .frameSizeDiffers, .controlsDiffer, .lightDrift, .modelFailed, .modelTimeout,
    ]

    package let digest: String

    /// Nil where nothing is taken back, however many frames get no verdict.
    private let limit: Int?
    private let excused: Set<ReasonCode>
    private var count = 0

    /// - Parameters:
    ///   - limit: so many frames in a row condemn the set; nil for none.
    ///   - excused: why the set before gave no verdict last; such reasons are not the new one's.
    package init(of digest: String, limit: Int?, excusing excused: [ReasonCode]) {
        self.digest = digest
        self.limit = limit
        self.excused = Set(excused)
    }

    /// One frame was answered under the set `digest`.
    ///
    /// - Returns: how the trial ended, if it did.
    package mutating func sees(_ decision: Decision, reasons: [ReasonCode], digest: String?) -> Outcome? {
        guard digest == self.digest else { return nil }
        guard decision == .noVerdict else { return .proven }
        let guilty = reasons.first { Self.brought.contains($0) && !excused.contains($0) }
        guard let guilty else { return nil }
        count += 1
        return limit.map { count >= $0 } ?? false ? .failed(guilty) : nil
    }
}

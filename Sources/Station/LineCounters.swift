package import Verdicts

/// What became of a line's frames since the start of the daemon.
package struct LineCounters: Codable, Equatable, Sendable {
    /// Whole frames that came from the source.
    package var offered: UInt64 = 0

    /// Overwritten by a newer one before a worker was free.
    package var skipped: UInt64 = 0

    /// Lost or damaged on the way from the camera.
    package var lost: UInt64 = 0

    /// Verdicts of any kind.
    package var judged: UInt64 = 0
    package var passed: UInt64 = 0
    package var failed: UInt64 = 0
    package var inconclusive: UInt64 = 0
    package var noVerdict: UInt64 = 0

    /// How often each reason stood in a `no_verdict`.
    package var noVerdictReasons: [String: UInt64] = [:]

    package init() {}

    package mutating func count(_ decision: Decision, reasons: [ReasonCode]) {
        judged += 1
        switch decision {
        case .pass: passed += 1
        case .fail: failed += 1
        case .inconclusive: inconclusive += 1
        case .noVerdict:
            noVerdict += 1
            for reason in reasons { noVerdictReasons[reason.rawValue, default: 0] += 1 }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case offered, skipped, lost, judged, passed, failed, inconclusive
        case noVerdict = "no_verdict"
        case noVerdictReasons = "no_verdict_reasons"
    }
}

internal import Publishing
internal import Verdicts

/// The recent durations of every step of a line, and of the whole from capture to hand-over.
struct StageDurations: Sendable {
    private(set) var total = RecentDurations()
    private var steps: [(name: String, durations: RecentDurations)]

    init() {
        steps = ["waited", "decoded", "features", "objects", "hierarchy", "matched", "published"].map {
            ($0, RecentDurations())
        }
    }

    mutating func add(_ stages: StageTimings, waited: Duration, published: Duration, total: Duration) {
        let values = [
            waited, stages.decoded, stages.features, stages.objects, stages.hierarchy, stages.matched, published,
        ]
        for (place, value) in values.enumerated() { steps[place].durations.add(value) }
        self.total.add(total)
    }

    /// Percentiles in milliseconds, by the names that verdicts use; empty before the first verdict.
    var summary: [StageSummary] {
        (steps + [("total", total)]).compactMap { name, durations in
            durations.percentiles([0.5, 0.95]).map {
                StageSummary(stage: name, p50: $0[0].milliseconds, p95: $0[1].milliseconds)
            }
        }
    }
}

/// The latency of one step of a line, in milliseconds.
package struct StageSummary: Codable, Equatable, Sendable {
    package var stage: String
    package var p50: Double
    package var p95: Double
}

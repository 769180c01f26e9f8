internal import Metrics
internal import SupportSets
internal import Verdicts

/// Whether what a set said of itself at enrolment, by its own images altered, holds for test images.
struct SelfTestAgreement {
    /// One kind of defect in one draw.
    struct Point {
        /// The share of the altered images that was noticed.
        let promised: Double

        /// The share of the test images that was.
        let kept: Double
    }

    let points: [Point]

    init(of draws: [Draw]) {
        points = draws.flatMap { draw in
            Anomaly.Kind.allCases.compactMap { kind in Self.point(kind, of: draw) }
        }
    }

    /// Spearman's ρ over the points; nil where there are too few.
    var rankCorrelation: Double? { RankCorrelation.of(points.map(\.promised), points.map(\.kept)) }

    private static func point(_ kind: Anomaly.Kind, of draw: Draw) -> Point? {
        guard let report = draw.selfTest else { return nil }
        let rates = kind.alterations.compactMap { report.rate(of: $0) }
        let images = draw.images.filter { $0.anomalies.map { Set($0) == [kind] } ?? false }
        guard !rates.isEmpty, !images.isEmpty else { return nil }
        return Point(
            promised: rates.reduce(0, +) / Double(rates.count),
            kept: Double(images.count { $0.decision != .pass }) / Double(images.count))
    }
}

extension Anomaly.Kind {
    /// The alterations that make such a defect.
    fileprivate var alterations: [Alteration] {
        switch self {
        case .missing: [.erased]
        case .extra: [.added]
        case .wrong: [.replaced, .resized, .recoloured, .turned]
        case .moved: [.moved]
        case .swapped: [.swapped]
        case .structural: [.chipped, .stained]
        }
    }
}

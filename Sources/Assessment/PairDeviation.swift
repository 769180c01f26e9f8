/// How far two objects deviate from each other; 0 is identical, about 1.6 as good as gone.
package struct PairDeviation: Equatable, Sendable {
    /// By what tells kinds apart.
    package var main: Float

    /// By what tells a thing from another of its kind: its length and its outline.
    package var details: Float

    package init(main: Float, details: Float) {
        self.main = main
        self.details = details
    }

    /// The larger decides.
    package var whole: Float { max(main, details) }

    package static func * (share: Float, deviation: PairDeviation) -> PairDeviation {
        PairDeviation(main: share * deviation.main, details: share * deviation.details)
    }

    func clamped(to limit: Float) -> PairDeviation {
        PairDeviation(main: min(limit, main), details: min(limit, details))
    }
}

package import SupportSets

/// One object that differs from its counterpart, or has none.
package struct Difference: Sendable {
    /// Index into the seen composition; nil when the object is missing.
    package var seen: Int?

    /// Index into the best support image's objects; nil when the object is extra.
    package var known: Int?

    /// Weighted by how reliably the good images show the object.
    package var pair: PairDeviation

    /// Each part in 0...1.
    package var parts: PartVector

    package init(seen: Int?, known: Int?, pair: PairDeviation, parts: PartVector) {
        self.seen = seen
        self.known = known
        self.pair = pair
        self.parts = parts
    }

    /// Of an object without a counterpart, or taken as a whole.
    package init(seen: Int?, known: Int?, deviation: Float, parts: PartVector = PartVector()) {
        self.init(seen: seen, known: known, pair: PairDeviation(main: deviation, details: 0), parts: parts)
    }

    /// How far it deviates; 0 is identical, about 1.6 is gone.
    package var deviation: Float { pair.whole }
}

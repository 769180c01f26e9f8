/// The shift that lays one composition on another: the median over matched pairs, so that one moved part does not matter.
package enum Alignment {
    package static func shift(pairs: [(seen: SIMD2<Float>, known: SIMD2<Float>)]) -> SIMD2<Float> {
        guard pairs.count >= 3 else { return .zero }
        let x = pairs.map { $0.known.x - $0.seen.x }.sorted()
        let y = pairs.map { $0.known.y - $0.seen.y }.sorted()
        return SIMD2(x[x.count / 2], y[y.count / 2])
    }
}

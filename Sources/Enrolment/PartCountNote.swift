/// What an engineer should know where good pictures do not show the same number of parts.
///
/// Every good picture is one way the product may look: where one was found to have fewer parts, a frame that lacks as many is
/// as good.
package enum PartCountNote {
    /// Pictures named at most.
    private static let mostNamed = 3

    /// One sentence or two; nil where all show as many.
    package static func text(of pictures: [(name: String, count: Int)]) -> String? {
        let counts = pictures.map(\.count)
        guard let fewest = counts.min(), let most = counts.max(), fewest < most else { return nil }
        let usual = Dictionary(grouping: counts) { $0 }.mapValues(\.count).first { 2 * $0.value > counts.count }?.key
        guard let usual else {
            return "The pictures show \(fewest) to \(most) parts: a frame with as few or as many may pass."
        }
        let odd = pictures.filter { $0.count != usual }
        let named = odd.prefix(mostNamed).map { "\($0.name) (\($0.count))" }.joined(separator: ", ")
        let rest = odd.count > mostNamed ? " and \(odd.count - mostNamed) more" : ""
        return
            "Most pictures show \(usual) parts, but not \(named)\(rest). Look at them with --show and correct what was "
            + "found, or leave them out: a frame with as few or as many may pass."
    }
}

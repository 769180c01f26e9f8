internal import SupportSets

/// What a set noticed of its own images, altered, as text.
struct SelfTestLines {
    let lines: [String]

    init(_ report: SelfTestReport) {
        let others =
            report.isByOthers ? "each judged by the others" : "judged by itself, which notices more than it should"
        var lines = ["Its own pictures with one thing wrong, \(others): noticed, and told right"]
        let width = report.entries.map(\.alteration.words.count).max() ?? 0
        for entry in report.entries {
            let count = entry.count
            let words = entry.alteration.words
            lines.append(
                "  \(words)\(String(repeating: " ", count: width - words.count))  "
                    + "\(Self.padded(count.noticed)) of \(Self.padded(count.of))  \(Self.padded(count.explained))")
        }
        if report.untouched.noticed > 0 {
            lines.append(
                "  \(report.untouched.noticed) of \(report.untouched.of) pictures with nothing but a bare place filled in "
                    + "were noticed too, so trust these figures less")
        }
        let weaknesses = report.weaknesses
        if !weaknesses.isEmpty {
            lines.append("What this set cannot judge:")
            lines += weaknesses.map { "  " + $0 }
        }
        self.lines = lines
    }

    private static func padded(_ count: Int) -> String {
        let text = "\(count)"
        return String(repeating: " ", count: max(0, 3 - text.count)) + text
    }
}

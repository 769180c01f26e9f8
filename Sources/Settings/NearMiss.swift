/// Finds what a mistyped word was meant to be.
enum NearMiss {
    /// The candidate that is at most a third of its letters away from `word`; nil when none is.
    static func of(_ word: String, among candidates: some Sequence<String>) -> String? {
        guard word.utf8.count <= 64 else { return nil }
        let near = candidates.map { (candidate: $0, distance: distance(plain(word), plain($0))) }
            .filter { $0.distance <= max(1, $0.candidate.utf8.count / 3) }
        return near.min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
    }

    /// Case and the kind of separator are no difference.
    private static func plain(_ word: String) -> [Character] {
        word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
    }

    /// Insertions, deletions, replacements and swaps of neighbours from one word to the other (Damerau 1964).
    private static func distance(_ from: [Character], _ to: [Character]) -> Int {
        var rows = [Array(0...to.count)]
        for (i, letter) in from.enumerated() {
            var row = [i + 1]
            for (j, other) in to.enumerated() {
                var least = min(rows[i][j] + (letter == other ? 0 : 1), row[j] + 1, rows[i][j + 1] + 1)
                if i > 0, j > 0, letter == to[j - 1], other == from[i - 1] {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[from.count][to.count]
    }
}

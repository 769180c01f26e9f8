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

    /// Insertions, deletions and replacements from one word to the other (Levenshtein 1966).
    private static func distance(_ from: [Character], _ to: [Character]) -> Int {
        var row = Array(0...to.count)
        for (i, letter) in from.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in to.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[to.count]
    }
}

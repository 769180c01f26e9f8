internal import Imaging

extension SelfTestReport {
    /// Below this share of noticed pictures a set cannot be relied on.
    private static let reliable = 0.8

    /// Below this share it does not see such a thing.
    private static let blind = 0.3

    /// What the set cannot judge, worst first, in plain English; empty when it noticed everything well enough.
    package var weaknesses: [String] {
        let doubtful = entries.filter { ($0.count.rate ?? 1) < Self.reliable || !Self.weakParts(of: $0).isEmpty }
        return doubtful.sorted { ($0.count.rate ?? 1) < ($1.count.rate ?? 1) }.map { entry in
            let count = entry.count
            let rate = count.rate ?? 1
            let start = "\(entry.alteration.words): noticed in \(count.noticed) of \(count.of) pictures"
            if rate < Self.blind { return start + ", so the set does not see this" }
            let parts = Self.weakParts(of: entry)
            guard parts.count < entry.parts.count, !parts.isEmpty else {
                return start + ", so do not rely on it"
            }
            return start + "; not reliably of \(parts.prefix(3).map(Self.name).joined(separator: ", "))"
                + (parts.count > 3 ? " and \(parts.count - 3) more" : "")
        }
    }

    private static func weakParts(of entry: Entry) -> [Part] {
        entry.parts.filter { $0.count.of >= 2 && ($0.count.rate ?? 1) < reliable }
    }

    private static func name(_ part: Part) -> String {
        part.label
            ?? "the part at \(part.box.x + part.box.width / 2), \(part.box.y + part.box.height / 2) of \(part.image)"
    }
}

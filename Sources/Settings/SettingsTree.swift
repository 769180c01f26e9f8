/// A value of a settings file with the line it stands on.
struct SettingsTree: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        case scalar(String, isPlain: Bool)
        /// Nothing after the colon.
        case empty
        /// `null` or `~`: back to the default, whatever an earlier file said.
        case unset
        /// Already reported; read as if it were not given.
        case refused
        case list([SettingsTree])
        case map([Entry])
    }

    struct Entry: Equatable, Sendable {
        let name: String
        let place: SettingsPlace
        var value: SettingsTree
    }

    let place: SettingsPlace
    var content: Content

    /// This tree with `later` laid over it: maps are joined key by key, anything else is replaced.
    func overlaid(by later: SettingsTree) -> SettingsTree {
        guard case .map(let ours) = content else { return later }
        switch later.content {
        case .empty: return self
        case .map(let theirs):
            var entries = ours
            let indices = Dictionary(ours.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
            for entry in theirs {
                guard let index = indices[entry.name] else {
                    entries.append(entry)
                    continue
                }
                let merged = entries[index].value.overlaid(by: entry.value)
                entries[index] = Entry(name: entry.name, place: entry.place, value: merged)
            }
            return SettingsTree(place: place, content: .map(entries))
        case .scalar, .unset, .list, .refused: return later
        }
    }
}

package import Settings

/// What a reload has to do, told from the settings before and after and from the sets' folders.
package struct ReloadPlan: Equatable, Sendable {
    /// What happens to one line; all else goes on untouched.
    package enum Step: Equatable, Sendable {
        case add(LineSettings)
        case remove(name: String)

        /// - Parameters:
        ///   - needsSet: another folder, another method, or another content of the same folder.
        ///   - restartsCamera: the source is exchanged; without it the line streams on.
        ///   - keys: the changed settings, for the report.
        case change(LineSettings, keys: [String], needsSet: Bool, restartsCamera: Bool)
    }

    /// In the order of the lines' names, removals first.
    package let steps: [Step]

    /// Station-wide keys that take effect at once.
    package let live: [String]
    package let restartNeeded: [String]

    /// - Parameters:
    ///   - started: the settings the daemon started with, where station-wide keys are concerned.
    ///   - latest: those accepted last.
    ///   - running: for each line that runs, the settings its own are from: a line whose set was refused stays behind.
    ///   - activeDigests: of the set in force, by line; a line without one is missing.
    ///   - digest: of the set that is to rule a line now; nil where there is none or it cannot be told.
    package init(
        started: Settings, latest: Settings, running: [String: Settings], to new: Settings,
        activeDigests: [String: String], digest: (LineSettings) -> String?
    ) {
        let names = Set(new.enabledLines.map(\.name))
        steps =
            running.keys.filter { !names.contains($0) }.sorted().map { .remove(name: $0) }
            + new.enabledLines.compactMap { line in
                guard let old = running[line.name] else { return .add(line) }
                let change = SettingsDifference(from: old, to: new).lines[line.name]
                let active = activeDigests[line.name]
                return Self.step(for: line, change: change ?? .unchanged) {
                    let wanted = digest(line)
                    return wanted == nil ? line.supportSet != nil || active != nil : wanted != active
                }
            }
        let sinceStart = SettingsDifference(from: started, to: new)
        live = SettingsDifference(from: latest, to: new).live
        restartNeeded = sinceStart.restart
    }

    private static func step(
        for line: LineSettings, change: SettingsDifference.LineChange, isOtherSet: () -> Bool
    ) -> Step? {
        let keys: [String]
        var restartsCamera = false
        switch change {
        case .added: return .add(line)
        case .removed: return .remove(name: line.name)
        case .unchanged: keys = []
        case .live(let changed): keys = changed
        case .camera(let changed):
            keys = changed
            restartsCamera = true
        }
        let needsSet = keys.contains("support_set") || keys.contains("method") || isOtherSet()
        guard needsSet || !keys.isEmpty else { return nil }
        return .change(line, keys: keys, needsSet: needsSet, restartsCamera: restartsCamera)
    }
}

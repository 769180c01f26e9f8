internal import Health
internal import Logging
internal import Publishing
internal import Settings
internal import Synchronization

/// What the lines do, as the station's status says it.
extension Station {
    /// Says what the lines do now, and that the station is ready once each has said what it is.
    func linesChanged() {
        announcer.status(lineStatuses)
        let isNewlyReady =
            Readiness(roster.lines.map { $0.progress(unansweredSince: nil) }).isReached
            && inForce.withLock { state in
                defer { state.isReady = true }
                return !state.isReady
            }
        if isNewlyReady { tell(.ready, .status("judging \(roster.lines.count) line(s)")) }
    }

    var lineStatuses: [LineStatus] {
        let off = disabledNames.map { LineStatus($0, .disabled) }
        let on = roster.lines.map { line in
            let (state, reason) = line.wireState
            return LineStatus(line.name, state, reason: reason)
        }
        return (on + off).sorted { $0.name < $1.name }
    }

    private var disabledNames: [LineName] {
        var names: [LineName] = []
        for line in settings.lines where !line.isEnabled && roster.line(named: line.name) == nil {
            do throws(PublishingError) {
                names.append(try LineName(line.name))
            } catch {
                parts.logger.error("Line cannot be named", metadata: ["line": "\(line.name)", "error": "\(error)"])
            }
        }
        return names
    }
}

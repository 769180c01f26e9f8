internal import Health
package import Logging
internal import Publishing
package import Settings
internal import SupportSets
internal import Synchronization

extension Station {
    /// Reads the settings again and applies what changed, line by line; on the steward's thread only.
    ///
    /// A settings file with a problem changes nothing. A refused set changes nothing for its line.
    func reload() -> ReloadOutcome {
        let wasReady = inForce.withLock { $0.isReady }
        if wasReady { tell(.reloading) }
        defer { if wasReady { tell(.ready) } }
        let new: Settings
        do throws(SettingsErrors) {
            new = try parts.readSettings()
        } catch {
            announcer.event(
                .reloadRefused, why: error.problems.first?.description, data: ["problems": error.description])
            return ReloadOutcome(refused: error.problems.map(\.description))
        }
        let (latest, running) = inForce.withLock { ($0.latest, $0.running) }
        let plan = ReloadPlan(
            started: started, latest: latest, running: running, to: new, activeDigests: activeDigests,
            digest: { [self] in rulingDigest(for: $0) })
        var outcome = ReloadOutcome(restartNeeded: plan.restartNeeded)
        inForce.withLock { $0.latest = new }
        parts.logThreshold.level = Logger.Level(new.logLevel)
        publisher?.changeLease(to: new.broker.leaseInterval)
        outcome.changed += plan.live
        for line in roster.lines { line.recent.limit(to: policy.recentByteLimit) }
        for step in plan.steps { apply(step, of: new, to: &outcome) }
        outcome.ok = outcome.refused.isEmpty
        restoreSets()
        linesChanged()
        sayOutcome(outcome)
        if !plan.restartNeeded.isEmpty {
            announcer.event(.restartNeeded, why: plan.restartNeeded.joined(separator: ", "))
        }
        return outcome
    }

    /// A reload of which nothing came into force was refused, one of which something did was done.
    private func sayOutcome(_ outcome: ReloadOutcome) {
        if outcome.changed.isEmpty, !outcome.ok {
            announcer.event(.reloadRefused, why: outcome.refused.joined(separator: "; "))
        } else {
            let changes = outcome.changed.isEmpty ? "nothing changed" : outcome.changed.joined(separator: "; ")
            announcer.event(.reloadDone, why: changes)
        }
    }

    private var activeDigests: [String: String] {
        var digests: [String: String] = [:]
        for line in roster.lines { digests[line.name.description] = line.set?.identity.digest }
        return digests
    }

    private func apply(_ step: ReloadPlan.Step, of new: Settings, to outcome: inout ReloadOutcome) {
        switch step {
        case .remove(let name):
            guard let line = roster.line(named: name) else { return }
            line.stopSource()
            roster.remove(line)
            line.answerRest()
            line.sayStopped()
            inForce.withLock { $0.running[name] = nil }
            outcome.changed.append("\(name): removed")
        case .add(let settings):
            do throws(StationError) {
                let line = try makeLine(settings)
                roster.add(line)
                inForce.withLock { $0.running[settings.name] = new }
                launch(line, settings)
                outcome.changed.append("\(settings.name): added")
                if line.set == nil, let refusal = line.lastRefusal {
                    outcome.refused.append("\(settings.name): \(refusal.reason)")
                }
            } catch {
                outcome.refused.append("\(settings.name): \(error)")
            }
        case .change(let settings, let keys, let needsSet, let restartsCamera):
            guard let line = roster.line(named: settings.name) else { return }
            do throws(SetRefusal) {
                outcome.changed += try change(
                    line, to: settings, keys: keys, needsSet: needsSet, restartsCamera: restartsCamera)
                inForce.withLock { $0.running[settings.name] = new }
            } catch {
                line.refuse(error, wanted: settings.supportSet)
                outcome.refused.append("\(settings.name): \(error.reason)")
            }
        }
    }

    /// - Returns: what was done, in sentences.
    private func change(
        _ line: Line, to settings: LineSettings, keys: [String], needsSet: Bool, restartsCamera: Bool
    ) throws(SetRefusal) -> [String] {
        let set = needsSet ? try prepare(line, settings) : nil
        if restartsCamera { line.stopSource() }
        if keys.contains("method") { line.forgetReady() }
        install(set, on: line, settings, keepsSet: !needsSet)
        if restartsCamera { startSource(of: line, settings) }
        let others = keys.filter { $0 != "support_set" && $0 != "camera" }
        let isWithout = set == nil && settings.supportSet == nil && keys.contains("support_set")
        return (set.map { ["\(settings.name): support set → \($0.label)"] } ?? [])
            + (isWithout ? ["\(settings.name): support set → none"] : [])
            + (restartsCamera ? ["\(settings.name): camera started again"] : [])
            + (others.isEmpty ? [] : ["\(settings.name): \(others.joined(separator: ", "))"])
    }
}

extension Logger.Level {
    package init(_ level: LogLevel) {
        self =
            switch level {
            case .trace: .trace
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}

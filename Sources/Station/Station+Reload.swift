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
        let plan = plan(to: new)
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

    /// Gives one line what the settings in force say, for which it had to wait; on the steward's thread only.
    ///
    /// - Returns: nil where nothing was left to do.
    func catchUp(_ name: String, isRetry: Bool) -> ReloadOutcome? {
        let latest = settings
        let step = plan(to: latest).steps.first { step in
            if case .change(let settings, _, _, _) = step { settings.name == name } else { false }
        }
        guard let step else { return nil }
        var outcome = ReloadOutcome()
        apply(step, of: latest, to: &outcome, isRetry: isRetry)
        outcome.ok = outcome.refused.isEmpty
        linesChanged()
        return outcome
    }

    private func plan(to new: Settings) -> ReloadPlan {
        let (latest, running) = inForce.withLock { ($0.latest, $0.running) }
        return ReloadPlan(
            started: started, latest: latest, running: running, to: new, activeDigests: activeDigests,
            digest: { [self] in rulingDigest(for: $0) })
    }

    /// A reload of which nothing came into force was refused, one of which something did was done.
    func sayOutcome(_ outcome: ReloadOutcome) {
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

    private func apply(
        _ step: ReloadPlan.Step, of new: Settings, to outcome: inout ReloadOutcome, isRetry: Bool = false
    ) {
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
                let supply = needsSet ? try supply(of: line, settings) : .none
                if case .onServer(let fetching) = supply {
                    fetch(fetching, for: line, settings)
                    outcome.changed.append(
                        "\(settings.name): changes once its support set \(settings.supportSet ?? "") is fetched")
                    return
                }
                outcome.changed += change(
                    line, to: settings, keys: keys, supply: needsSet ? supply : nil, restartsCamera: restartsCamera)
                inForce.withLock { $0.running[settings.name] = new }
            } catch {
                line.refuse(error, wanted: settings.supportSet, isRetry: isRetry)
                outcome.refused.append("\(settings.name): \(error.reason)")
            }
        }
    }

    /// - Parameter supply: the set that is to rule; nil where the one in force stays.
    /// - Returns: what was done, in sentences.
    private func change(
        _ line: Line, to settings: LineSettings, keys: [String], supply: SetSupply?, restartsCamera: Bool
    ) -> [String] {
        let set: JudgingSet? = if case .ready(let set) = supply { set } else { nil }
        if restartsCamera { line.stopSource() }
        if keys.contains("method") { line.forgetReady() }
        install(set, on: line, settings, keepsSet: supply == nil)
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

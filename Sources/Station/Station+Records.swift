internal import Logging
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

/// What is remembered of the lines' sets, and what follows from it.
extension Station {
    var policy: SetPolicy { SetPolicy(settings.supportSets) }
    var finder: SetFinder { SetFinder(library: keeper.library, sources: policy.sources) }

    /// The activation by a command that holds against these settings; nil where the settings rule.
    func standing(_ settings: LineSettings) -> SetRecord.Activation? {
        records.record(of: settings.name).ruling(setting: settings.supportSet ?? "") { [self] in
            namedDigest(in: settings)
        }
    }

    /// The digest of the set that is to rule a line; nil where there is none or it cannot be told.
    func rulingDigest(for settings: LineSettings) -> String? {
        if let standing = standing(settings) { return standing.set.digest }
        guard let text = settings.supportSet else { return nil }
        do throws(SetRefusal) {
            let reference = try SetReference(text)
            // A name stands for one set: what is in force under it stays when its source is away.
            if case .named = reference, let active = roster.line(named: settings.name)?.set?.identity,
                reference.means(name: active.name, version: active.version, digest: active.digest) == true
            {
                return active.digest
            }
            return finder.digest(of: reference)
        } catch {
            return nil
        }
    }

    /// What the settings overrule is told by: the digest of what lies at a path; other names stand for one set each.
    func namedDigest(in settings: LineSettings) -> String? {
        guard let text = settings.supportSet else { return nil }
        do throws(SetRefusal) {
            let reference = try SetReference(text)
            guard case .path = reference else { return nil }
            return finder.digest(of: reference)
        } catch {
            return nil
        }
    }

    /// The frames after which a set is condemned; nil where it is proven already, or nothing is ever taken back.
    func trialLimit(of digest: String, on line: String) -> Int? {
        let limit = policy.rollBackAfter
        let record = records.record(of: line)
        let isProven = record.active.map { $0.set.digest == digest && $0.isProven } ?? false
        return limit == 0 || isProven || record.previous == nil ? nil : limit
    }

    /// Tells of a record that is in force and not on the disk.
    func warn(_ reason: String?, line: String) {
        guard let reason else { return }
        parts.logger.warning(
            "Support sets not remembered, a restart goes by the settings",
            metadata: ["line": "\(line)", "reason": "\(reason)"])
    }

    /// Brings back what was prepared and what was in force before, once every line has been brought up.
    func restoreSets() {
        for line in roster.lines {
            let settings = line.orders.settings
            let record = records.record(of: settings.name)
            if let previous = record.previous, line.previous == nil, previous.digest != line.set?.identity.digest {
                restore(previous, of: line, settings) { line.keep(previous: $0) }
            }
            if let prepared = record.prepared, line.prepared == nil {
                restore(prepared, of: line, settings) { line.keep(prepared: $0) }
            }
        }
        forgetUnused()
    }

    private func restore(
        _ set: SupportSetReference, of line: Line, _ settings: LineSettings, _ keep: (JudgingSet) -> Void
    ) {
        do throws(SetRefusal) {
            keep(try prepare(.copy(digest: set.digest), digest: set.digest, for: line, settings, isVerified: false))
        } catch {
            parts.logger.warning(
                "Support set not kept ready", metadata: ["line": "\(settings.name)", "reason": "\(error.reason)"])
            warn(
                records.force(settings.name) { record in
                    if record.prepared == set { record.prepared = nil }
                    if record.previous == set { record.previous = nil }
                }, line: settings.name)
        }
    }
}

extension JudgingSet {
    func activation(command: String?) -> SetRecord.Activation {
        SetRecord.Activation(set: reference, at: Timestamp.now().text, by: by, command: command)
    }
}

extension Line {
    /// All sets that may judge a frame soon.
    var heldSets: [JudgingSet] {
        state.withLock { [$0.orders.set, $0.prepared, $0.previous].compactMap { $0 } }
    }

    var isPreparing: Bool { state.withLock { $0.condition.isPreparing } }
}

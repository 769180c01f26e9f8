internal import Assessment
internal import Logging
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

/// What the steward does to lines; on its thread only.
extension Station {
    /// Brings a new line up: its set first, then its source. A refused set leaves it without one, and saying so.
    func launch(_ line: Line, _ settings: LineSettings) {
        do throws(SetRefusal) {
            try equip(line, settings)
        } catch {
            line.refuse(error, wanted: settings.supportSet)
            noteTried(settings)
        }
        startSource(of: line, settings)
    }

    /// Puts the set in force that is to rule a line without one, or has it fetched.
    private func equip(_ line: Line, _ settings: LineSettings, isRetry: Bool = false) throws(SetRefusal) {
        switch try supply(of: line, settings) {
        case .none: install(nil, on: line, settings, keepsSet: false)
        case .ready(let set): install(set, on: line, settings, keepsSet: false)
        case .onServer(let fetching): fetch(fetching, for: line, settings, isRetry: isRetry)
        }
    }

    /// How far the set that is to rule a line is at hand.
    enum SetSupply: Sendable {
        /// The settings name no set.
        case none
        case ready(JudgingSet)
        case onServer(Fetching)
    }

    /// The set that is to rule a line: what a command put in force while the settings name the same, else what they name.
    func supply(of line: Line, _ settings: LineSettings) throws(SetRefusal) -> SetSupply {
        if let standing = standing(settings) {
            do throws(SetRefusal) {
                return .ready(try prepare(standing, for: line, settings))
            } catch {
                line.refuse(error, wanted: standing.set.digest)
                warn(records.force(settings.name) { $0.overruled = nil }, line: settings.name)
            }
        }
        guard let text = settings.supportSet else { return .none }
        let reference = try SetReference(text)
        let place = try finder.place(of: reference, isConfined: false)
        if case .web(let addresses, let digest) = place {
            return .onServer(Fetching(addresses: addresses, digest: digest))
        }
        return .ready(try prepare(place, digest: reference.digest, for: line, settings))
    }

    func prepare(
        _ place: SetPlace, digest: String?, for line: Line, _ settings: LineSettings, isVerified: Bool = true
    ) throws(SetRefusal) -> JudgingSet {
        try keeper.prepare(
            place, digest: digest, method: Method(settings.method), policy: policy,
            escapes: escapes(of: settings.name), among: roster.lines.flatMap(\.heldSets), isVerified: isVerified)
    }

    private func prepare(
        _ standing: SetRecord.Activation, for line: Line, _ settings: LineSettings
    ) throws(SetRefusal) -> JudgingSet {
        let digest = standing.set.digest
        var set = try prepare(.copy(digest: digest), digest: digest, for: line, settings)
        set.by = standing.by
        return set
    }

    /// Puts a prepared set in force and remembers it; without one the settings alone.
    func install(_ set: JudgingSet?, on line: Line, _ settings: LineSettings, keepsSet: Bool) {
        if let set {
            let limit = policy.historyLimit
            warn(
                records.force(settings.name) { record in
                    if set.by == .settings { record.overruled = nil }
                    record.activate(set.activation(command: nil), limit: limit)
                }, line: settings.name)
        }
        line.adopt(
            settings, set: set, keepsSet: keepsSet,
            trial: set.flatMap { trialLimit(of: $0.identity.digest, on: settings.name) })
    }

    /// Starts the source, unless the station stops already.
    func startSource(of line: Line, _ settings: LineSettings) {
        let source = parts.makeSource(settings, started.workerCount)
        inForce.withLock { state in
            if !state.isStopping { line.start(source, ringing: pool.bell) }
        }
    }

    /// Removes copies and models that no line holds any more.
    func forgetUnused() {
        for path in collect(recent: Self.recentCount).left {
            parts.logger.warning("Old support set not removed", metadata: ["path": "\(path)"])
        }
    }

    /// Removes the copies of all sets but those in force, prepared and before that, and the `recent` last ones of each
    /// line.
    func collect(recent: Int) -> (removed: [String], left: [String]) {
        var digests: Set<String> = []
        for record in records.all.values {
            digests.formUnion(record.neededDigests)
            digests.formUnion(record.recentDigests(count: recent))
        }
        return keeper.keepOnly(roster.lines.flatMap(\.heldSets), digests: digests)
    }

    /// So many sets of each line are kept that nobody needs now.
    private static let recentCount = 4

    /// Tries lines without a set again when something else lies where their set ought to be.
    func retryRefused() {
        for line in roster.lines where line.set == nil && !line.isPreparing {
            let settings = line.orders.settings
            guard let trace = trace(of: settings), inForce.withLock({ $0.triedDigests[settings.name] != trace }) else {
                continue
            }
            noteTried(settings)
            do throws(SetRefusal) {
                try equip(line, settings, isRetry: true)
            } catch {
                line.refuse(error, wanted: settings.supportSet, isRetry: true)
            }
        }
    }

    func noteTried(_ settings: LineSettings) {
        let trace = trace(of: settings)
        inForce.withLock { $0.triedDigests[settings.name] = trace }
    }

    /// What would be found if a line's set were looked for now; nil for nothing. Servers are asked again every minute.
    private func trace(of settings: LineSettings) -> String? {
        guard let text = settings.supportSet else { return nil }
        do throws(SetRefusal) {
            let reference = try SetReference(text)
            switch try finder.place(of: reference, isConfined: false) {
            case .web: return "server \(Int((ContinuousClock.now - startedAt) / .seconds(60)))"
            case .copy(let digest): return digest
            case .folder, .archive: return finder.digest(of: reference)
            }
        } catch {
            return nil
        }
    }
}

extension Method {
    init(_ method: JudgementMethod) {
        self =
            switch method {
            case .assay: .assay
            case .objectcore: .objectcore
            case .romad: .romad
            }
    }
}

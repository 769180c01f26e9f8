/// What changes when one `Settings` takes the place of another while the daemon runs.
package struct SettingsDifference: Equatable, Sendable {
    /// What happens to one line. A line that is not enabled is not there.
    package enum LineChange: Equatable, Sendable {
        case unchanged
        /// The camera keeps streaming; the keys take effect between two frames.
        case live(keys: [String])
        /// The line's camera starts again, and the other keys take effect with it.
        case camera(keys: [String])
        case added
        case removed
    }

    /// Every line that runs before or after, by name.
    package let lines: [String: LineChange]
    /// Keys outside the lines that take effect at once.
    package let live: [String]
    /// Keys whose change waits for the next start of the daemon.
    package let restart: [String]

    package var isEmpty: Bool {
        live.isEmpty && restart.isEmpty && lines.values.allSatisfy { $0 == .unchanged }
    }

    package init(from old: Settings, to new: Settings) {
        var live: [String] = []
        var restart: [String] = []
        for (facts, isSame) in Self.station(old, new) where !isSame {
            if facts.effect == .restart { restart.append(facts.path) } else { live.append(facts.path) }
        }
        let before = Dictionary(old.enabledLines.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.enabledLines.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var lines: [String: LineChange] = [:]
        for name in Set(before.keys).union(after.keys) {
            switch (before[name], after[name]) {
            case (let old?, let new?): lines[name] = Self.change(from: old, to: new)
            case (nil, _): lines[name] = .added
            case (_, nil): lines[name] = .removed
            }
        }
        self.lines = lines
        self.live = live
        self.restart = restart
    }

    private static func station(_ old: Settings, _ new: Settings) -> [(facts: KeyFacts, isSame: Bool)] {
        func isSame<Value: Equatable>(_ part: KeyPath<EncryptionSettings, Value>) -> Bool {
            guard let old = old.broker.encryption, let new = new.broker.encryption else { return true }
            return old[keyPath: part] == new[keyPath: part]
        }
        return [
            (SettingsKeys.stationName.facts, old.stationName == new.stationName),
            (SettingsKeys.workers.facts, old.workerCount == new.workerCount),
            (SettingsKeys.model.facts, old.model == new.model),
            (SettingsKeys.precision.facts, old.precision == new.precision),
            (SettingsKeys.brokerIsEnabled.facts, old.broker.isEnabled == new.broker.isEnabled),
            (SettingsKeys.host.facts, old.broker.host == new.broker.host),
            (SettingsKeys.port.facts, old.broker.port == new.broker.port),
            (SettingsKeys.username.facts, old.broker.username == new.broker.username),
            (SettingsKeys.passwordFile.facts, old.broker.passwordFile == new.broker.passwordFile),
            (
                SettingsKeys.encryptionIsEnabled.facts,
                (old.broker.encryption == nil) == (new.broker.encryption == nil)
            ),
            (SettingsKeys.authorities.facts, isSame(\.authorities)),
            (SettingsKeys.certificate.facts, isSame(\.certificate)),
            (SettingsKeys.certificateKey.facts, isSame(\.key)),
            (SettingsKeys.minimumVersion.facts, isSame(\.minimumVersion)),
            (SettingsKeys.clientID.facts, old.broker.clientID == new.broker.clientID),
            (SettingsKeys.prefix.facts, old.broker.topicPrefix == new.broker.topicPrefix),
            (SettingsKeys.keepAlive.facts, old.broker.keepAlive == new.broker.keepAlive),
            (SettingsKeys.leaseInterval.facts, old.broker.leaseInterval == new.broker.leaseInterval),
            (SettingsKeys.queueRows.facts, old.broker.queueRowLimit == new.broker.queueRowLimit),
            (SettingsKeys.queueBytes.facts, old.broker.queueByteLimit == new.broker.queueByteLimit),
            (SettingsKeys.queueAge.facts, old.broker.queueAgeLimit == new.broker.queueAgeLimit),
            (SettingsKeys.queueCommit.facts, old.broker.queueCommitInterval == new.broker.queueCommitInterval),
            (SettingsKeys.obeysCommands.facts, old.broker.commands.isEmpty == new.broker.commands.isEmpty),
            (
                SettingsKeys.allowedCommands.facts,
                old.broker.commands == new.broker.commands || old.broker.commands.isEmpty
                    || new.broker.commands.isEmpty
            ),
            (
                SettingsKeys.announcesToHomeAssistant.facts,
                (old.broker.homeAssistantPrefix == nil) == (new.broker.homeAssistantPrefix == nil)
            ),
            (
                SettingsKeys.homeAssistantPrefix.facts,
                old.broker.homeAssistantPrefix == new.broker.homeAssistantPrefix
                    || old.broker.homeAssistantPrefix == nil || new.broker.homeAssistantPrefix == nil
            ),
            (SettingsKeys.commandGroup.facts, old.broker.commandGroup == new.broker.commandGroup),
            (SettingsKeys.logLevel.facts, old.logLevel == new.logLevel),
            (SettingsKeys.healthInterval.facts, old.healthInterval == new.healthInterval),
        ] + sets(old.supportSets, new.supportSets)
    }

    private static func sets(
        _ old: SupportSetsSettings, _ new: SupportSetsSettings
    ) -> [(facts: KeyFacts, isSame: Bool)] {
        [
            (SettingsKeys.setSources.facts, old.sources == new.sources),
            (SettingsKeys.setTrust.facts, old.trust == new.trust),
            (SettingsKeys.setAuthorities.facts, old.authorities == new.authorities),
            (SettingsKeys.setCredentials.facts, old.credentials == new.credentials),
            (SettingsKeys.setMegabytes.facts, old.byteLimit == new.byteLimit),
            (SettingsKeys.setConnectTimeout.facts, old.connectTimeout == new.connectTimeout),
            (SettingsKeys.setStallTimeout.facts, old.stallTimeout == new.stallTimeout),
            (SettingsKeys.setRollBackAfter.facts, old.rollBackAfter == new.rollBackAfter),
            (SettingsKeys.setHistory.facts, old.historyLimit == new.historyLimit),
            (SettingsKeys.recentMegabytes.facts, old.recentByteLimit == new.recentByteLimit),
            (SettingsKeys.marks.facts, old.markLimit == new.markLimit),
        ]
    }

    private static func change(from old: LineSettings, to new: LineSettings) -> LineChange {
        var keys: [String] = []
        if old.camera != new.camera { keys.append("camera") }
        if old.orientation != new.orientation { keys.append("orientation") }
        if old.region != new.region { keys.append("region") }
        if old.image != new.image { keys.append("image") }
        if old.supportSet != new.supportSet { keys.append(SettingsKeys.supportSet.facts.name) }
        if old.method != new.method { keys.append(SettingsKeys.method.facts.name) }
        if old.overlay != new.overlay { keys.append(SettingsKeys.overlay.facts.name) }
        if old.deadline != new.deadline { keys.append(SettingsKeys.deadline.facts.name) }
        if old.trigger != new.trigger { keys.append("trigger") }
        if old.whenControlsDiffer != new.whenControlsDiffer { keys.append(SettingsKeys.whenControlsDiffer.facts.name) }
        if keys.isEmpty { return .unchanged }
        // A camera that waits for its trigger may be silent for ever, any other is lost by then.
        let changesPatience = old.trigger != new.trigger && (old.trigger == .camera || new.trigger == .camera)
        return keys.contains("camera") || changesPatience ? .camera(keys: keys) : .live(keys: keys)
    }
}

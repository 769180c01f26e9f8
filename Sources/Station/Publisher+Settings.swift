package import Publishing
package import Settings

extension Publisher {
    /// The publisher that the settings ask for; nil where MQTT is switched off.
    static func make(
        for settings: Settings, places: StationPlaces, boot: String, version: String,
        observe: @escaping @Sendable (PublisherNotice) -> Void
    ) throws(StationError) -> Publisher? {
        let broker = settings.broker
        guard broker.isEnabled else { return nil }
        do throws(PublishingError) {
            var group: Topics?
            if let prefix = broker.commandGroup { group = try Topics(prefix: prefix) }
            return try Publisher(
                PublisherSettings(
                    mqtt: MQTTSettings(broker, credentials: places.credentials),
                    topics: Topics(prefix: broker.topicPrefix),
                    station: settings.stationName, boot: boot, version: version, leaseInterval: broker.leaseInterval,
                    outbox: OutboxSettings(
                        folder: places.state, markFallback: places.runtime,
                        limits: OutboxLimits(
                            rows: broker.queueRowLimit, bytes: broker.queueByteLimit, age: broker.queueAgeLimit,
                            commitInterval: broker.queueCommitInterval)),
                    commands: broker.commands.map(CommandName.init),
                    commandGroup: group, homeAssistantPrefix: broker.homeAssistantPrefix,
                    formerHomeAssistantPrefix: broker.formerHomeAssistantPrefix),
                observe: observe)
        } catch {
            throw .publisherRefused(reason: error.description)
        }
    }
}

extension CommandName {
    fileprivate init(_ command: AllowedCommand) {
        self =
            switch command {
            case .inspect: .inspect
            case .reload: .reload
            case .snapshot: .snapshot
            case .mark: .mark
            case .prepareSet: .prepareSet
            case .activateSet: .activateSet
            case .rollBackSet: .rollBackSet
            }
    }
}

extension MQTTSettings {
    /// How to reach the broker of the settings; looks whether the password and the files of TLS can be used.
    ///
    /// - Parameter credentials: the folder of the service manager's credentials, where there is one.
    /// - Throws: `PublishingError` for what cannot be used; nothing is left out instead.
    package init(
        _ broker: BrokerSettings, credentials: String?, clientIdentifier: String? = nil
    ) throws(PublishingError) {
        let encryption = broker.encryption.map { TLSSettings($0) }
        if let encryption { _ = try TLSFiles(checking: encryption) }
        let source = CredentialSource.files(
            username: broker.username, passwordFile: broker.passwordFile, folder: credentials)
        _ = try source.read()
        try self.init(
            host: broker.host, port: UInt16(clamping: broker.port),
            clientIdentifier: clientIdentifier ?? broker.clientID, credentials: source,
            keepAlive: broker.keepAlive, encryption: encryption)
    }
}

extension TLSSettings {
    package init(_ settings: EncryptionSettings) {
        var identity: Identity?
        if let certificate = settings.certificate, let key = settings.key {
            identity = Identity(certificate: certificate, key: key)
        }
        let version: Version =
            switch settings.minimumVersion {
            case .v12: .v12
            case .v13: .v13
            }
        self.init(authorities: settings.authorities, identity: identity, minimumVersion: version)
    }
}

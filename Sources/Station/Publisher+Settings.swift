package import Publishing
package import Settings
internal import SupportSets

extension Publisher {
    /// The publisher that the settings ask for; nil where MQTT is switched off.
    static func make(
        for settings: Settings, boot: String, version: String, observe: @escaping @Sendable (PublisherNotice) -> Void
    ) throws(StationError) -> Publisher? {
        let broker = settings.broker
        guard broker.isEnabled else { return nil }
        do {
            return try Publisher(
                PublisherSettings(
                    mqtt: MQTTSettings(broker), topics: Topics(prefix: broker.topicPrefix),
                    station: settings.stationName, boot: boot, version: version, leaseInterval: broker.leaseInterval,
                    queueCapacity: broker.queueRowLimit, queueByteLimit: broker.queueByteLimit,
                    commands: broker.commands.map(CommandName.init)),
                observe: observe)
        } catch let error as StationError {
            throw error
        } catch {
            throw .publisherRefused(reason: "\(error)")
        }
    }
}

extension CommandName {
    fileprivate init(_ command: AllowedCommand) {
        self =
            switch command {
            case .inspect: .inspect
            case .reload: .reload
            }
    }
}

extension MQTTSettings {
    /// How to reach the broker of the settings; reads the password's file.
    package init(_ broker: BrokerSettings, clientIdentifier: String? = nil) throws {
        var credentials: MQTTCredentials?
        if let username = broker.username {
            credentials = try MQTTCredentials(
                username: username, password: try broker.passwordFile.map(Self.password))
        }
        try self.init(
            host: broker.host, port: UInt16(clamping: broker.port),
            clientIdentifier: clientIdentifier ?? broker.clientID, credentials: credentials,
            keepAlive: broker.keepAlive)
    }

    /// The first line of the file.
    private static func password(in path: String) throws(StationError) -> String {
        let bytes: [UInt8]
        do throws(SupportSetError) {
            bytes = try SupportSetFolder.read(path, upTo: 4096)
        } catch {
            throw .passwordUnreadable(path: path, reason: "not a readable file of at most 4096 bytes")
        }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: line, as: UTF8.self)
    }
}

extension BrokerSettings {
    init(reading mqtt: inout SectionReader, stationName: String, findings: inout SettingsFindings) {
        mqtt.refuse(
            ["password"],
            "a password does not belong in this file, which others may read; write it to a file of its own "
                + "(mode 0600, owner assay) and name that file in password_file")
        let name = mqtt.value(SettingsKeys.username)
        let passwordFile = mqtt.value(SettingsKeys.passwordFile)
        if passwordFile != nil, !mqtt.isGiven(SettingsKeys.username.facts.name) {
            mqtt.note(SettingsKeys.passwordFile.facts.name, "needs a username beside it")
        }
        let obeysCommands = mqtt.settled(SettingsKeys.obeysCommands)
        let allowed = mqtt.list(SettingsKeys.allowedCommands)
        let announces = mqtt.settled(SettingsKeys.announcesToHomeAssistant)
        let announcePrefix = mqtt.settled(SettingsKeys.homeAssistantPrefix)
        let encryption = EncryptionSettings.read(from: &mqtt, findings: &findings)
        self.init(
            isEnabled: mqtt.settled(SettingsKeys.brokerIsEnabled),
            host: mqtt.settled(SettingsKeys.host),
            port: mqtt.value(SettingsKeys.port) ?? (encryption == nil ? 1883 : 8883),
            username: name, passwordFile: passwordFile, encryption: encryption,
            clientID: mqtt.value(SettingsKeys.clientID) ?? "assay-\(stationName)",
            topicPrefix: mqtt.value(SettingsKeys.prefix) ?? "assay/v1/\(stationName)",
            keepAlive: .seconds(mqtt.settled(SettingsKeys.keepAlive)),
            leaseInterval: .seconds(mqtt.settled(SettingsKeys.leaseInterval)),
            queueRowLimit: mqtt.settled(SettingsKeys.queueRows),
            queueByteLimit: mqtt.settled(SettingsKeys.queueBytes),
            queueAgeLimit: .seconds(mqtt.settled(SettingsKeys.queueAge) * 3600),
            queueCommitInterval: .milliseconds(mqtt.settled(SettingsKeys.queueCommit)),
            commands: obeysCommands ? AllowedCommand.allCases.filter(allowed.contains) : [],
            commandGroup: mqtt.value(SettingsKeys.commandGroup), homeAssistantPrefix: announces ? announcePrefix : nil,
            formerHomeAssistantPrefix: announces ? nil : announcePrefix)
    }
}

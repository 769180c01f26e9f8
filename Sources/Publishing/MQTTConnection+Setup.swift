internal import CMosquitto

/// What the library is told before it connects.
extension MQTTConnection {
    static func configure(
        _ handle: OpaquePointer, _ settings: MQTTSettings, version: MQTTVersion, will: MQTTMessage?
    ) throws(PublishingError) {
        let number = version == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311
        try check(
            unsafe mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, number), "mosquitto_int_option")
        // The window is the outgoing queue's; retained messages come on top of it.
        try check(unsafe mosquitto_max_inflight_messages_set(handle, 200), "mosquitto_max_inflight_messages_set")
        if let credentials = try settings.credentials.read() {
            try check(
                unsafe mosquitto_username_pw_set(handle, credentials.username, credentials.password),
                "mosquitto_username_pw_set")
        }
        if let encryption = settings.encryption { try unsafe encrypt(handle, encryption) }
        if let will {
            let problem = unsafe will.payload.withUnsafeBytes { payload in
                unsafe mosquitto_will_set(
                    handle, will.topic, Int32(payload.count), payload.baseAddress, will.qualityOfService.rawValue,
                    will.isRetained)
            }
            try check(problem, "mosquitto_will_set")
        }
    }

    /// Has the library verify the broker's certificate and name, and prove who we are; never less.
    static func encrypt(_ handle: OpaquePointer, _ encryption: TLSSettings) throws(PublishingError) {
        _ = try TLSFiles(checking: encryption)
        let folder = encryption.authorities == nil ? TLSSettings.systemAuthorities : nil
        // Without the callback a locked key would have OpenSSL ask on the terminal.
        try check(
            unsafe mosquitto_tls_set(
                handle, encryption.authorities, folder, encryption.identity?.certificate, encryption.identity?.key
            ) { _, _, _, _ in 0 },
            "mosquitto_tls_set")
        let verifiesPeer: Int32 = 1
        try check(
            unsafe mosquitto_tls_opts_set(handle, verifiesPeer, encryption.minimumVersion.libraryName, nil),
            "mosquitto_tls_opts_set")
    }
}

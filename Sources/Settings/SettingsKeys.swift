/// Every key of the settings file.
///
/// The one place that says which keys there are, what they hold, their defaults and when a change takes effect. The
/// parser reads by it, and the example file is checked against it.
package enum SettingsKeys {
    static let stationName = SettingsKey<String>("station.name", .stationName, "the host name", .restart)
    static let workers = SettingsKey<Int>(
        "workers", in: 1...64, standard: nil, note: "the number of cores, at most 2", .restart)
    static let model = SettingsKey<String>("model", .model, standard: "default", "default", .restart)
    static let precision = SettingsKey("precision", standard: PrecisionPolicy.auto, .restart)

    static let brokerIsEnabled = SettingsKey<Bool>("mqtt.enabled", standard: true, .restart)
    static let host = SettingsKey<String>("mqtt.host", .host, standard: "localhost", "localhost", .restart)
    static let port = SettingsKey<Int>(
        "mqtt.port", in: 1...65535, standard: nil, note: "8883 with TLS, 1883 without", .restart)
    static let username = SettingsKey<String>("mqtt.username", .userName, "none", .restart)
    static let passwordFile = SettingsKey<String>("mqtt.password_file", .path, "none", .restart)
    static let encryptionIsEnabled = SettingsKey<Bool>(
        "mqtt.tls.enabled", "true where another key of the section is given, else false", .restart)
    static let authorities = SettingsKey<String>(
        "mqtt.tls.ca", .path, "the authorities in /etc/ssl/certs", .restart)
    static let certificate = SettingsKey<String>("mqtt.tls.certificate", .path, "none", .restart)
    static let certificateKey = SettingsKey<String>("mqtt.tls.key", .path, "none", .restart)
    static let minimumVersion = SettingsKey(
        "mqtt.tls.minimum_version", standard: EncryptionSettings.Version.v12, .restart)
    static let clientID = SettingsKey<String>("mqtt.client_id", .clientID, "assay-<station name>", .restart)
    static let prefix = SettingsKey<String>("mqtt.prefix", .topicPrefix, "assay/v1/<station name>", .restart)
    static let keepAlive = SettingsKey<Int>("mqtt.keep_alive_s", in: 5...3600, unit: "s", standard: 30, .restart)
    static let leaseInterval = SettingsKey<Int>("mqtt.interval_s", in: 1...3600, unit: "s", standard: 10, .live)
    static let queueRows = SettingsKey<Int>(
        "mqtt.queue_rows", in: 1...10_000_000, unit: "messages", standard: 100_000, .restart)
    static let queueBytes = SettingsKey<Int>(
        "mqtt.queue_bytes", in: 65_536...17_179_869_184, unit: "bytes", standard: 268_435_456, .restart)
    static let queueAge = SettingsKey<Int>("mqtt.queue_age_h", in: 1...8760, unit: "h", standard: 168, .restart)
    static let queueCommit = SettingsKey<Int>(
        "mqtt.queue_commit_ms", in: 0...200, unit: "ms", standard: 20, .restart)

    static let obeysCommands = SettingsKey<Bool>("mqtt.commands", standard: false, .restart)
    static let commandGroup = SettingsKey<String>("mqtt.group", .topicPrefix, "none", .restart)
    static let allowedCommands = SettingsListKey<AllowedCommand>("mqtt.allow", standard: [.inspect], .restart)

    static let announcesToHomeAssistant = SettingsKey<Bool>("mqtt.homeassistant", standard: false, .restart)
    static let homeAssistantPrefix = SettingsKey<String>(
        "mqtt.homeassistant_prefix", .topicPrefix, standard: "homeassistant", "homeassistant", .restart)

    static let logLevel = SettingsKey("log.level", standard: LogLevel.info, .live)
    static let healthInterval = SettingsKey<Int>("health.interval_s", in: 1...3600, unit: "s", standard: 10, .live)

    static let setSources = SettingsTextsKey(
        "support_sets.sources", of: "paths and http(s) addresses", .setSource, atMost: 16, .live)
    static let setTrust = SettingsTextsKey(
        "support_sets.trust", of: "paths and keys (ed25519:…)", .key, atMost: 16, .live)
    static let setAuthorities = SettingsKey<String>("support_sets.ca_file", .path, "the system's", .live)
    static let setCredentials = SettingsKey<String>("support_sets.credentials_file", .path, "none", .live)
    static let setMegabytes = SettingsKey<Int>(
        "support_sets.max_megabytes", in: 1...65_536, unit: "MiB", standard: 4096, .live)
    static let setConnectTimeout = SettingsKey<Int>(
        "support_sets.connect_timeout_s", in: 1...300, unit: "s", standard: 10, .live)
    static let setStallTimeout = SettingsKey<Int>(
        "support_sets.stall_timeout_s", in: 1...3600, unit: "s", standard: 30, .live)
    static let setRollBackAfter = SettingsKey<Int>(
        "support_sets.roll_back_after", in: 0...10_000, unit: "frames", standard: 10, .live)
    static let setHistory = SettingsKey<Int>(
        "support_sets.history", in: 1...1000, unit: "activations", standard: 50, .live)
    static let recentMegabytes = SettingsKey<Int>(
        "support_sets.recent_megabytes", in: 0...4096, unit: "MiB", standard: 32, .live)
    static let marks = SettingsKey<Int>(
        "support_sets.marks", in: 0...10_000, unit: "pictures", standard: 100, .live)

    static let lineIsEnabled = SettingsKey<Bool>("lines.<line>.enabled", standard: true, .live)
    static let supportSet = SettingsKey<String>(
        "lines.<line>.support_set", .setReference, "none; without one the line streams and gives no verdict", .live)
    static let method = SettingsKey("lines.<line>.method", standard: JudgementMethod.assay, .live)
    static let overlay = SettingsKey("lines.<line>.overlay", standard: OverlayPolicy.never, .live)
    static let deadline = SettingsKey<Int>(
        "lines.<line>.deadline_ms", in: 10...600_000, unit: "ms", standard: 1000, .live)

    private static let oneName = "one name of the camera, or replay, is required"
    static let device = SettingsKey<String>("lines.<line>.camera.device", .device, oneName, .camera)
    static let serial = SettingsKey<String>("lines.<line>.camera.serial", .cameraFact, oneName, .camera)
    static let byID = SettingsKey<String>("lines.<line>.camera.by_id", .link, oneName, .camera)
    static let byPath = SettingsKey<String>("lines.<line>.camera.by_path", .link, oneName, .camera)
    static let cameraModel = SettingsKey<String>("lines.<line>.camera.model", .cameraFact, oneName, .camera)
    static let bus = SettingsKey<String>("lines.<line>.camera.bus", .cameraFact, oneName, .camera)
    static let format = SettingsKey("lines.<line>.camera.format", standard: CameraFormat.auto, .camera)
    static let width = SettingsKey<Int>(
        "lines.<line>.camera.width", in: 16...16_384, unit: "pixels", standard: 640, .camera)
    static let height = SettingsKey<Int>(
        "lines.<line>.camera.height", in: 16...16_384, unit: "pixels", standard: 480, .camera)
    static let rate = SettingsKey<Double>(
        "lines.<line>.camera.rate", in: 0.01...1000, unit: "frames/s", standard: 10, .camera)
    /// Each control is a key of its own, called as the camera calls it; this one stands for them all.
    static let controls = SettingsKey<[String: ControlChoice]>(
        facts: KeyFacts(
            path: "lines.<line>.camera.controls",
            type: "a section of control names, each with a whole number, true, false or a menu's entry",
            range: "at most \(ControlChoice.countLimit)", unit: nil, standard: "none", effect: .camera),
        standard: [:]
    ) { _ throws(Refusal) in throw Refusal(message: "must be a section of control names") }
    static let warmUp = SettingsKey<Int>(
        "lines.<line>.camera.warm_up_frames", in: 0...1000, unit: "frames", standard: 3, .camera)
    static let whenControlsDiffer = SettingsKey(
        "lines.<line>.when_controls_differ", standard: DoubtPolicy.refuse, .live)
    static let replay = SettingsKey<String>("lines.<line>.camera.replay", .path, oneName, .camera)
    static let loop = SettingsKey<Bool>("lines.<line>.camera.loop", standard: true, .camera)
    static let wait = SettingsKey<Bool>("lines.<line>.camera.wait", standard: false, .camera)

    static let rotate = SettingsKey<Int>(
        "lines.<line>.orientation.rotate", among: OrientationSettings.rotations, unit: "degrees", standard: 0, .live)
    static let flip = SettingsKey("lines.<line>.orientation.flip", standard: OrientationSettings.Flip.none, .live)

    static let regionX = SettingsKey<Int>(
        "lines.<line>.region.x", in: 0...16_383, unit: "pixels", standard: nil, note: "required in a region", .live)
    static let regionY = SettingsKey<Int>(
        "lines.<line>.region.y", in: 0...16_383, unit: "pixels", standard: nil, note: "required in a region", .live)
    static let regionWidth = SettingsKey<Int>(
        "lines.<line>.region.width", in: 16...16_384, unit: "pixels", standard: nil, note: "required in a region", .live
    )
    static let regionHeight = SettingsKey<Int>(
        "lines.<line>.region.height", in: 16...16_384, unit: "pixels", standard: nil, note: "required in a region",
        .live)

    static let frozenAfter = SettingsKey<Int>(
        "lines.<line>.image.frozen_after_ms", in: 0...3_600_000, unit: "ms", standard: nil,
        note: "3000 for a camera, 0 for a replay", .live)
    static let exposureLimit = SettingsKey<Double>(
        "lines.<line>.image.exposure_limit", in: 0...10, unit: "stops", standard: 0.35, .live)
    static let colourLimit = SettingsKey<Double>(
        "lines.<line>.image.colour_limit", in: 0...10, unit: "stops", standard: 0.2, .live)
    static let whenLightDrifts = SettingsKey(
        "lines.<line>.image.when_light_drifts", standard: DriftPolicy.refuse, .live)

    static let triggerMode = SettingsKey("lines.<line>.trigger.mode", standard: TriggerSettings.Mode.freeRun, .live)
    static let triggerInterval = SettingsKey<Int>(
        "lines.<line>.trigger.interval_ms", in: 10...86_400_000, unit: "ms", standard: nil,
        note: "none; required with timer", .live)
    static let triggerDelay = SettingsKey<Int>(
        "lines.<line>.trigger.delay_ms", in: 0...60_000, unit: "ms", standard: 0, .live)

    /// In the order of the example.
    package static let all: [KeyFacts] = [
        stationName.facts, workers.facts, model.facts, precision.facts,
        brokerIsEnabled.facts, host.facts, port.facts, username.facts, passwordFile.facts,
        encryptionIsEnabled.facts, authorities.facts, certificate.facts, certificateKey.facts, minimumVersion.facts,
        clientID.facts,
        prefix.facts, keepAlive.facts, leaseInterval.facts, queueRows.facts, queueBytes.facts, queueAge.facts,
        queueCommit.facts,
        obeysCommands.facts, allowedCommands.facts, commandGroup.facts,
        announcesToHomeAssistant.facts, homeAssistantPrefix.facts,
        logLevel.facts, healthInterval.facts,
        setSources.facts, setTrust.facts, setAuthorities.facts, setCredentials.facts, setMegabytes.facts,
        setConnectTimeout.facts, setStallTimeout.facts, setRollBackAfter.facts, setHistory.facts,
        recentMegabytes.facts, marks.facts,
        lineIsEnabled.facts, device.facts, serial.facts, byID.facts, byPath.facts, cameraModel.facts, bus.facts,
        format.facts, width.facts, height.facts, rate.facts, controls.facts, warmUp.facts, replay.facts,
        loop.facts, wait.facts, rotate.facts, flip.facts, regionX.facts, regionY.facts, regionWidth.facts,
        regionHeight.facts, frozenAfter.facts, exposureLimit.facts, colourLimit.facts, whenLightDrifts.facts,
        whenControlsDiffer.facts, supportSet.facts, method.facts, overlay.facts,
        deadline.facts,
        triggerMode.facts,
        triggerInterval.facts, triggerDelay.facts,
    ]
}

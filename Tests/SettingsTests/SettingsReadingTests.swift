internal import Settings
internal import Testing

@Suite struct SettingsReadingTests {
    @Test func anEmptyFileHasTheDefaults() throws {
        let settings = try SettingsFolder("").settings()
        #expect(settings.stationName == "box-7")
        #expect(settings.workerCount == 2)
        #expect(settings.model == .installed)
        #expect(
            settings.broker
                == BrokerSettings(
                    isEnabled: true, host: "localhost", port: 1883, username: nil, passwordFile: nil,
                    clientID: "assay-box-7", topicPrefix: "assay/v1/box-7", keepAlive: .seconds(30),
                    leaseInterval: .seconds(10), queueRowLimit: 100_000, queueByteLimit: 268_435_456,
                    queueAgeLimit: .seconds(604_800), queueCommitInterval: .milliseconds(20),
                    formerHomeAssistantPrefix: "homeassistant"))
        #expect(settings.logLevel == .info)
        #expect(settings.healthInterval == .seconds(10))
        #expect(settings.lines.isEmpty)
    }

    @Test func aLineHasTheDefaultsOfItsKind() throws {
        let settings = try SettingsFolder(
            """
            lines:
              b: {camera: {replay: goods/*.png}, support_set: ../set}
              a: {camera: {device: /dev/video0}, support_set: /sets/a}
            """)
        let lines = try settings.settings().lines
        #expect(lines.map(\.name) == ["a", "b"])
        #expect(
            lines.first
                == LineSettings(
                    name: "a", isEnabled: true,
                    camera: .device(
                        DeviceSettings(
                            name: DeviceName(.device, "/dev/video0"), format: .auto, width: 640, height: 480, rate: 10)),
                    region: nil, image: ImageSettings(frozenAfter: .seconds(3)), supportSet: "/sets/a", method: .assay,
                    overlay: .never, deadline: .seconds(1),
                    trigger: .freeRun))
        #expect(
            lines.last?.camera
                == .replay(ReplaySettings(path: settings.path + "/goods/*.png", rate: 10, loops: true, waits: false)))
        #expect(lines.last?.image == ImageSettings(frozenAfter: .zero))
        #expect(lines.last?.supportSet == settings.path + "/../set")
    }

    @Test func everyValueIsRead() throws {
        let settings = try SettingsFolder(
            """
            station: {name: press_3}
            workers: 8
            model: models/own
            mqtt: {enabled: false, host: "::1", port: 8883, username: "a b", password_file: pw, client_id: c,
                   prefix: plant/hall-2, keep_alive_s: 5, interval_s: 3600, queue_rows: 1, queue_bytes: 65536,
                   queue_age_h: 2, queue_commit_ms: 200}
            log: {level: trace}
            health: {interval_s: 2}
            lines:
              x:
                enabled: false
                camera: {device: /dev/v, format: mjpeg, width: 1280, height: 720, rate: 29.97}
                orientation: {rotate: 270, flip: vertical}
                region: {x: 1, y: 2, width: 300, height: 400}
                image: {frozen_after_ms: 700, exposure_limit: 1, colour_limit: 0, when_light_drifts: warn}
                support_set: s
                method: romad
                overlay: always
                deadline_ms: 250
                trigger: {mode: timer, interval_ms: 500}
            """)
        let read = try settings.settings()
        #expect(read.stationName == "press_3")
        #expect(read.workerCount == 8)
        #expect(read.model == .directory(settings.path + "/models/own"))
        #expect(
            read.broker
                == BrokerSettings(
                    isEnabled: false, host: "::1", port: 8883, username: "a b", passwordFile: settings.path + "/pw",
                    clientID: "c", topicPrefix: "plant/hall-2", keepAlive: .seconds(5), leaseInterval: .seconds(3600),
                    queueRowLimit: 1, queueByteLimit: 65_536, queueAgeLimit: .seconds(7200),
                    queueCommitInterval: .milliseconds(200),
                    formerHomeAssistantPrefix: "homeassistant"))
        #expect(read.logLevel == .trace)
        #expect(read.healthInterval == .seconds(2))
        #expect(
            try read.lines == [
                LineSettings(
                    name: "x", isEnabled: false,
                    camera: .device(
                        DeviceSettings(
                            name: DeviceName(.device, "/dev/v"), format: #require(CameraFormat(name: "mjpeg")),
                            width: 1280, height: 720, rate: 29.97)),
                    region: RegionSettings(x: 1, y: 2, width: 300, height: 400),
                    image: ImageSettings(
                        frozenAfter: .milliseconds(700), exposureLimit: 1, colourLimit: 0, whenLightDrifts: .warn),
                    supportSet: settings.path + "/s",
                    method: .romad, overlay: .always, deadline: .milliseconds(250),
                    trigger: .timer(interval: .milliseconds(500)),
                    orientation: OrientationSettings(rotation: 270, flip: .vertical))
            ])
        #expect(read.enabledLines.isEmpty)
    }

    @Test(arguments: ["auto", "nv21", "rggb8", "RGBP", "Y16-BE", "pBAA", "YUYV"])
    func aFormatIsANameOrFourLetters(name: String) throws {
        let folder = try SettingsFolder(
            "lines: {a: {camera: {device: /dev/video0, format: \(name)}, support_set: /one}}\n")
        guard case .device(let device) = try folder.settings().line(named: "a")?.camera else {
            Issue.record("no device")
            return
        }
        #expect(device.format.name == name)
    }

    @Test func aRegionMayUseTheHeightOfAPictureThatIsTurnedToItsSide() throws {
        let folder = try SettingsFolder(
            """
            lines:
              a:
                camera: {device: /dev/video0, width: 640, height: 480}
                orientation: {rotate: 90}
                region: {x: 0, y: 500, width: 480, height: 140}
                support_set: /one
            """)
        #expect(try folder.settings().line(named: "a")?.region?.y == 500)
    }

    @Test(arguments: [
        ("device: /dev/video2", DeviceName(.device, "/dev/video2")), ("serial: 0001", DeviceName(.serial, "0001")),
        ("by_id: usb-X_1-video-index0", DeviceName(.byID, "usb-X_1-video-index0")),
        (
            "by_path: pci-0000:00:14.0-usb-0:1:1.0-video-index0",
            DeviceName(.byPath, "pci-0000:00:14.0-usb-0:1:1.0-video-index0")
        ),
        ("model: HD Camera", DeviceName(.model, "HD Camera")),
        ("bus: usb-0000:00:14.0-1", DeviceName(.bus, "usb-0000:00:14.0-1")),
        ("device: null, serial: A", DeviceName(.serial, "A")),
    ])
    func aCameraIsNamedByOneKey(text: String, name: DeviceName) throws {
        let read = try SettingsFolder("lines: {a: {camera: {\(text)}, support_set: /s}}").settings()
        guard case .device(let device) = read.lines.first?.camera else {
            Issue.record("no device")
            return
        }
        #expect(device.name == name)
    }

    @Test func aWordThatYAMLReadsAsSwitchIsStillText() throws {
        #expect(try SettingsFolder("mqtt: {username: on, client_id: 007}").settings().broker.username == "on")
        #expect(try SettingsFolder("mqtt: {client_id: 007}").settings().broker.clientID == "007")
    }

    @Test func aSectionWhoseKeysAreAllCommentedOutHasTheDefaults() throws {
        #expect(try SettingsFolder("mqtt:\n  # port: 1\nlog:\n").settings().broker.port == 1883)
    }

    @Test func aByteOrderMarkIsNoText() throws {
        #expect(try SettingsFolder("\u{FEFF}workers: 3\n").settings().workerCount == 3)
    }

    @Test func theHostNameBecomesAStationName() {
        #expect(Machine(hostName: "Prüf_Stand 3.plant.example", coreCount: 1).stationName == "pr--f_stand-3")
        #expect(Machine(hostName: "-_x", coreCount: 1).stationName == "x")
        #expect(Machine(hostName: "ÄÖ", coreCount: 1).stationName == "station")
        #expect(Machine(hostName: String(repeating: "a", count: 200), coreCount: 1).stationName.count == 64)
        #expect(Machine.current.coreCount >= 1)
        #expect(!Machine.current.hostName.isEmpty)
    }

    @Test func theDropInFolderIsBesideTheFile() {
        #expect(Settings.dropInDirectory(besides: "/etc/assay/assay.yaml") == "/etc/assay/assay.d")
        #expect(Settings.dropInDirectory(besides: "conf") == "conf.d")
    }

    @Test func controlsAreReadAsWhatTheyAre() throws {
        let settings = try SettingsFolder(
            """
            lines:
              a:
                camera:
                  device: /dev/v
                  warm_up_frames: 0
                  controls:
                    gain: 12
                    exposure: -3
                    lights: 0xf
                    focus_automatic_continuous: false
                    auto_exposure: Manual Mode
                    test_pattern: "2"
                    power_line_frequency: Off
                    hue: null
                when_controls_differ: warn
            """
        ).settings()
        let line = try #require(settings.lines.first)
        #expect(line.supportSet == nil && line.whenControlsDiffer == .warn)
        guard case .device(let device) = line.camera else {
            Issue.record("no device")
            return
        }
        #expect(device.warmUpFrameCount == 0)
        #expect(
            device.controls == [
                "gain": .number(12), "exposure": .number(-3), "lights": .number(15),
                "focus_automatic_continuous": .truth(false), "auto_exposure": .item("Manual Mode"),
                "test_pattern": .item("2"), "power_line_frequency": .item("Off"),
            ])
    }

    @Test func moreControlsThanACameraHasAreRefused() throws {
        let controls = (0...64).map { "c\($0): 1" }.joined(separator: ", ")
        let folder = try SettingsFolder("lines: {a: {camera: {device: /d, controls: {\(controls)}}}}")
        #expect(throws: SettingsErrors.self) { try folder.settings() }
    }
}

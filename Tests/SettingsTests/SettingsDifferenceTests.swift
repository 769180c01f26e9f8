internal import Settings
internal import Testing

@Suite struct SettingsDifferenceTests {
    private let text = """
        station: {name: s}
        workers: 1
        lines:
          a: {camera: {device: /dev/video0, rate: 5}, support_set: /a}
          b: {camera: {replay: /b}, support_set: /b, enabled: false}
        """

    private func difference(_ changes: String) throws -> SettingsDifference {
        let folder = try SettingsFolder(text)
        let old = try folder.settings()
        try folder.dropIn("x.yaml", changes)
        return SettingsDifference(from: old, to: try folder.settings())
    }

    @Test func equalSettingsDoNotDiffer() throws {
        let difference = try difference("")
        #expect(difference.isEmpty)
        #expect(difference.lines == ["a": .unchanged])
    }

    @Test func aChangedSupportSetLeavesTheCameraAlone() throws {
        #expect(try difference("lines: {a: {support_set: /c}}").lines == ["a": .live(keys: ["support_set"])])
        let changes =
            "lines: {a: {method: romad, overlay: fail, deadline_ms: 50, trigger: {mode: timer, interval_ms: 50}}}"
        #expect(try difference(changes).lines == ["a": .live(keys: ["method", "overlay", "deadline_ms", "trigger"])])
        let region = "lines: {a: {region: {x: 0, y: 0, width: 20, height: 20}}}"
        #expect(try difference(region).lines == ["a": .live(keys: ["region"])])
        let turned = "lines: {a: {orientation: {rotate: 90}}}"
        #expect(try difference(turned).lines == ["a": .live(keys: ["orientation"])])
    }

    @Test func aChangedCameraRestartsItsLineAlone() throws {
        let changes = try difference("lines: {a: {camera: {rate: 6}, method: romad}, b: {enabled: true}}")
        #expect(changes.lines == ["a": .camera(keys: ["camera", "method"]), "b": .added])
        #expect(!changes.isEmpty)
    }

    @Test func aLineThatIsSwitchedOffIsRemoved() throws {
        #expect(try difference("lines: {a: {enabled: false}, b: {deadline_ms: 70}}").lines == ["a": .removed])
    }

    @Test(arguments: [
        ("workers: 2", "workers"), ("model: /m", "model"), ("mqtt: {enabled: false}", "mqtt.enabled"),
        ("mqtt: {host: h}", "mqtt.host"), ("mqtt: {port: 2}", "mqtt.port"), ("mqtt: {username: u}", "mqtt.username"),
        ("mqtt: {port: 1883, tls: {enabled: true}}", "mqtt.tls.enabled"),
        ("mqtt: {homeassistant: true}", "mqtt.homeassistant"),
        ("mqtt: {client_id: c}", "mqtt.client_id"), ("mqtt: {prefix: p}", "mqtt.prefix"),
        ("mqtt: {keep_alive_s: 5}", "mqtt.keep_alive_s"), ("mqtt: {queue_rows: 5}", "mqtt.queue_rows"),
        ("mqtt: {queue_age_h: 5}", "mqtt.queue_age_h"), ("mqtt: {queue_commit_ms: 5}", "mqtt.queue_commit_ms"),
        ("mqtt: {queue_bytes: 65536}", "mqtt.queue_bytes"), ("mqtt: {commands: true}", "mqtt.commands"),
    ])
    func whatNeedsARestartIsNamed(_ changes: String, _ key: String) throws {
        let difference = try difference(changes)
        #expect(difference.restart == [key])
        #expect(difference.live == [])
    }

    @Test func aNewPasswordFileNeedsARestart() throws {
        #expect(
            try difference("mqtt: {username: u, password_file: /p}").restart == ["mqtt.username", "mqtt.password_file"])
    }

    @Test func aNewStationNameChangesWhatFollowsFromIt() throws {
        #expect(try difference("station: {name: t}").restart == ["station.name", "mqtt.client_id", "mqtt.prefix"])
    }

    @Test(arguments: [
        ("mqtt: {interval_s: 3}", "mqtt.interval_s"), ("log: {level: error}", "log.level"),
        ("health: {interval_s: 3}", "health.interval_s"),
    ])
    func whatIsLiveIsNamed(_ changes: String, _ key: String) throws {
        let difference = try difference(changes)
        #expect(difference.live == [key])
        #expect(difference.restart == [])
    }
}

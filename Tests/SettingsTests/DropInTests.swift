internal import Settings
internal import Testing

@Suite struct DropInTests {
    private let line = "lines: {a: {camera: {device: /dev/video0, width: 320}, support_set: /one}}\n"

    @Test func laterFilesWinKeyByKeyInTheOrderOfTheirNames() throws {
        let folder = try SettingsFolder("workers: 1\nmqtt: {host: a, port: 1}\n" + line)
        try folder.dropIn("20-b.yaml", "mqtt: {port: 3}\nlines: {a: {support_set: two}}\n")
        try folder.dropIn("10-a.yaml", "mqtt: {port: 2}\nworkers: 5\n")
        let settings = try folder.settings()
        #expect(settings.workerCount == 5)
        #expect(settings.broker.host == "a")
        #expect(settings.broker.port == 3)
        let device = DeviceSettings(
            name: DeviceName(.device, "/dev/video0"), format: .auto, width: 320, height: 480, rate: 10)
        #expect(settings.line(named: "a")?.camera == .device(device))
        #expect(settings.line(named: "a")?.supportSet == folder.dropIns + "/two")
    }

    @Test func nullPutsAKeyBackToItsDefault() throws {
        let folder = try SettingsFolder("workers: 7\nmqtt: {port: 1}\n" + line)
        try folder.dropIn("x.yaml", "workers: null\nmqtt: ~\nlines: {a: {camera: {device: ~, width: ~, replay: /r}}}\n")
        let settings = try folder.settings()
        #expect(settings.workerCount == 2)
        #expect(settings.broker.port == 1883)
        let replay = ReplaySettings(path: "/r", rate: 10, loops: true, waits: false)
        #expect(settings.line(named: "a")?.camera == .replay(replay))
    }

    @Test func nullTakesALineAway() throws {
        let folder = try SettingsFolder(line)
        try folder.dropIn("x.yaml", "lines: {a: null}\n")
        #expect(try folder.settings().lines.isEmpty)
    }

    @Test func aProblemIsToldWithTheFileThatHasTheLastWord() throws {
        let folder = try SettingsFolder("workers: 1\n\nmqtt:\n  port: none\n")
        try folder.dropIn("a.yaml", "# comment\nworkers: many\n")
        #expect(
            folder.problems() == [
                "assay.yaml:4: mqtt.port: must be a whole number from 1 to 65535, not \"none\"",
                "assay.d/a.yaml:2: workers: must be a whole number from 1 to 64, not \"many\"",
            ])
    }

    @Test func otherFilesOfTheFolderAreLeftAlone() throws {
        let folder = try SettingsFolder("workers: 1\n")
        for name in ["a.yaml.dpkg-old", ".hidden.yaml", "README", "b.yaml~"] { try folder.dropIn(name, "nonsense") }
        #expect(folder.problems() == [])
    }

    @Test func aFileThatLooksLikeADropInButIsNotReadIsToldOf() throws {
        let folder = try SettingsFolder("workers: 1\n")
        try folder.dropIn("a.yml", "workers: 2\n")
        #expect(folder.problems() == ["assay.d/a.yml: is not read; rename it so that it ends in .yaml"])
    }

    @Test func aBrokenFileDoesNotMakeOthersLookIncomplete() throws {
        let folder = try SettingsFolder("lines:\n  a:\n camera: x\n")
        try folder.dropIn("a.yaml", "lines: {a: {metod: romad}}\n")
        let problems = folder.problems()
        #expect(problems.count == 2)
        #expect(problems.first?.hasPrefix("assay.yaml:3: is not YAML: ") == true)
        #expect(problems.last == "assay.d/a.yaml:1: lines.a.metod: is not a known key; did you mean \"method\"?")
    }
}

internal import ArgumentParser
internal import Glibc
internal import Settings
internal import Station

/// `assayctl config`: the station's settings.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the station's settings.", subcommands: [ConfigCheckCommand.self])
}

/// `assayctl config check`: the same reading of the settings that the daemon does.
struct ConfigCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read the settings as the daemon would, and say all that is wrong with them.",
        discussion: """
            Reads the file and the drop-ins beside it (assay.d/*.yaml for assay.yaml). Each problem names file, line \
            and key. Files that the settings point to and that are missing are warnings: they may come later. Certificates and the \
            password's file are looked at. Where the daemon would take each line's support set from is told; nothing is fetched.

            Examples:
              assayctl config check
              assayctl config check --config ./station.yaml

            Exit codes: 0 the settings are valid, 3 they are not.
            """)

    @Option(help: "The settings file.")
    var config = "/etc/assay/assay.yaml"

    @Option(
        name: .customLong("state-dir"),
        help: "The daemon's state folder (STATE_DIRECTORY, else \(StationPlaces.installedState)).")
    var state: String?

    func run() throws {
        let settings: Settings
        do throws(SettingsErrors) {
            settings = try Settings(contentsOf: config, dropIns: Settings.dropInDirectory(besides: config))
        } catch {
            let count = error.problems.count == 1 ? "1 problem" : "\(error.problems.count) problems"
            throw CommandFailure.badInput("the settings are not valid, \(count):\n\(error.description)")
        }
        let files = BrokerFiles(
            broker: settings.broker, credentials: Environment.folders["CREDENTIALS_DIRECTORY"])
        if let problem = files.problem {
            throw CommandFailure.badInput("the settings are valid, but a file that they name is not:\n\(problem)")
        }
        let places = StationPlaces(state: state, runtime: nil, environment: Environment.folders)
        var sets: [String: String] = [:]
        var warnings = Self.warnings(settings) + files.missing + files.warnings
        for line in settings.lines {
            guard let text = line.supportSet else { continue }
            do throws(SetRefusal) {
                sets[line.name] = try SetLookup(text, settings: settings.supportSets, places: places).wording
            } catch {
                if line.isEnabled { warnings.append("lines.\(line.name).support_set: \(error.reason)") }
            }
        }
        for warning in warnings { StandardError.write("warning: \(warning)") }
        print("\(config): valid")
        print("station \(settings.stationName), \(settings.workerCount) worker(s), \(Self.broker(settings.broker))")
        for line in settings.lines {
            let state = line.isEnabled ? "" : " (not enabled)"
            let set = line.supportSet.map { sets[line.name] ?? "\($0), which is not found" } ?? "no support set"
            print("line \(line.name)\(state): \(Self.camera(line.camera)), \(line.method.rawValue), \(set)")
        }
    }

    private static func broker(_ broker: BrokerSettings) -> String {
        let manner = broker.encryption == nil ? "" : " with TLS"
        return broker.isEnabled
            ? "publishes to \(broker.host):\(broker.port)\(manner) as \(broker.topicPrefix)" : "does not publish"
    }

    private static func camera(_ camera: CameraSettings) -> String {
        switch camera {
        case .device(let device):
            "\(device.name.wording) \(device.width) × \(device.height) \(device.format.name) at \(device.rate) frames/s"
        case .replay(let replay): "replays \(replay.path) at \(replay.rate) frames/s"
        }
    }

    private static func warnings(_ settings: Settings) -> [String] {
        var warnings = settings.enabledLines.isEmpty ? ["no line is enabled; the station would do nothing"] : []
        if case .directory(let path) = settings.model, !exists(path) { warnings.append("model: \(path) is not there") }
        for line in settings.enabledLines {
            let key = "lines.\(line.name)"
            if line.supportSet == nil {
                warnings.append("\(key): has no support_set; it would stream and give no verdict")
            }
            if case .device(let device) = line.camera, device.name.key == .device, !exists(device.name.value) {
                let path = device.name.value
                warnings.append("\(key).camera.device: \(path) is not there; the daemon would wait for it")
            }
        }
        return warnings
    }

    private static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
}

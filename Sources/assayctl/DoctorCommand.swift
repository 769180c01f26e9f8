internal import ArgumentParser
internal import Inference
internal import Settings
internal import Station

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for everything that would keep the station from working, and say what to do.",
        discussion: """
            Each line begins with ok, warning or error. Changes nothing.

            Examples:
              assayctl doctor
              assayctl doctor --config ./station.yaml --state-dir state --runtime-dir run

            Exit codes: 0 no error, 3 something is wrong, 4 only the broker or a camera cannot be reached.
            """)

    @Option(help: "The settings file.")
    var config = "/etc/assay/assay.yaml"

    @Option(help: "The daemon's state folder (STATE_DIRECTORY, else \(StationPlaces.installedState)).")
    var stateDir: String?

    @Option(help: "The daemon's runtime folder (RUNTIME_DIRECTORY, else \(StationPlaces.installedRuntime)).")
    var runtimeDir: String?

    func run() throws {
        var findings: [DoctorFinding] = []
        func show(_ found: [DoctorFinding]) {
            for finding in found { print(finding.line) }
            findings += found
        }
        show(MachineChecks.all)
        let places = StationPlaces(state: stateDir, runtime: runtimeDir, environment: Environment.folders)
        show(FolderChecks(places: places).all)
        do throws(SettingsErrors) {
            let settings = try Settings(contentsOf: config, dropIns: Settings.dropInDirectory(besides: config))
            show([.ok("settings       \(config) and its drop-ins are valid")])
            let bundle = BundleModels.directory(for: settings.model)
            show(ModelChecks(bundle: bundle, pinned: Precision(settings.precision)).all)
            show(LineChecks(settings: settings, bundle: bundle, places: places).all)
            show(BrokerCheck(broker: settings.broker, credentials: places.credentials).all)
        } catch {
            for problem in error.problems { show([.error("settings       \(problem)", "correct it and look again")]) }
            show(ModelChecks(bundle: BundleModels.directory(for: .installed)).all)
        }
        let errors = findings.filter { $0.grade == .error }
        guard errors.isEmpty else {
            throw errors.allSatisfy(\.isUnreachable) ? Status.unreachable : Status.badInput
        }
    }
}

internal import ArgumentParser
internal import Glibc
internal import Health
internal import LinearAlgebra
internal import Logging
internal import ServiceLifecycle
internal import Settings
internal import Station
internal import UnixSignals

/// The daemon's entry point.
@main
struct Assayd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assayd",
        abstract: "Watch the lines that the settings name and publish a verdict for every frame.",
        discussion: """
            Reads its settings again on SIGHUP or assayctl reload; ends in good order on SIGTERM.

            Exit codes: 0 ended as told, 2 usage, 3 bad settings, 70 judging threads hang.

            Examples:
              assayd --config /etc/assay/assay.yaml
              assayd --config assay.yaml --state-dir state --runtime-dir run
              assayd --config assay.yaml --check
            """,
        version: version)

    static let version = "0.1.0"

    @Option(help: "The settings file; drop-ins lie in the folder of the same name that ends in .d.")
    var config = "/etc/assay/assay.yaml"

    @Option(help: "Where copies of support sets are kept (STATE_DIRECTORY, else \(StationPlaces.installedState)).")
    var stateDir: String?

    @Option(help: "Where the control socket is (RUNTIME_DIRECTORY, else \(StationPlaces.installedRuntime)).")
    var runtimeDir: String?

    @Flag(help: "Only check the settings.")
    var check = false

    @Flag(help: "End when all replays that play once have ended and their verdicts have arrived.")
    var exitWhenDone = false

    static func main() async {
        // Before any thread, file or signal.
        BLASKernel.reexecuteIfSlow()
        unblockSignals()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error))
            exit(withError: ExitCode(2))
        }
    }

    func run() async throws {
        let config = config
        let read: @Sendable () throws(SettingsErrors) -> Settings = { () throws(SettingsErrors) in
            try Settings(contentsOf: config, dropIns: Settings.dropInDirectory(besides: config))
        }
        let settings: Settings
        do throws(SettingsErrors) {
            settings = try read()
        } catch {
            StandardError.write(error.description)
            throw ExitCode(3)
        }
        if check { return }

        let threshold = LogThreshold(Logger.Level(settings.logLevel))
        let logger = Logger(label: "assayd") { _ in ServiceLogHandler(identifier: "assayd", threshold: threshold) }
        logger.info("BLAS kernel", metadata: ["blas.kernel": "\(BLAS.coreName)"])
        let places = StationPlaces(state: stateDir, runtime: runtimeDir, environment: Self.environment)
        let parts = StationParts(
            openModel: BundleModels.loader(for: settings.model, workerCount: settings.workerCount),
            measurePrecision: BundleModels.measurer(for: settings.model), readSettings: read,
            logger: logger, logThreshold: threshold, version: Self.version, exit: { _exit($0) })
        do throws(StationError) {
            let station = try Station(settings, places: places, parts: parts)
            try await Self.serve(station, exitsWhenDone: exitWhenDone, logger: logger)
        } catch {
            StandardError.write("assayd: \(error)")
            throw ExitCode(3)
        }
    }

    private static func serve(
        _ station: Station, exitsWhenDone: Bool, logger: Logger
    ) async throws(StationError) {
        let service = StationService(station, exitsWhenDone: exitsWhenDone)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch let error as StationError {
            throw error
        } catch {
            throw .systemExhausted(what: "service group", reason: "\(error)")
        }
    }

    /// A program that starts this one may have blocked the signals that tell it to stop and to reload.
    private static func unblockSignals() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&signals, signal) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    private static var environment: [String: String] {
        var environment: [String: String] = [:]
        for name in StationPlaces.variables {
            if let value = unsafe getenv(name) { environment[name] = unsafe String(cString: value) }
        }
        return environment
    }
}

/// Lines for people on standard error.
enum StandardError {
    static func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

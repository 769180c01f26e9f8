import AssayTestSupport
import Health
import Inference
import InferenceRuntime
import Logging
import Settings
import Station
import Synchronization

/// A station inside the test, with the real model behind a hook and its settings in a folder of its own.
final class RunningStation: Sendable {
    let folder: TemporaryFolder
    let model: HookedModel
    let station: Station

    /// - Parameter openModel: nil for the one model of all tests behind its hook.
    init(
        _ yaml: StationYAML, in folder: TemporaryFolder, openModel: ModelLoader? = nil,
        measurePrecision: PrecisionMeasurer? = nil, credentials: String? = nil
    ) throws {
        self.folder = folder
        let hooked = HookedModel(try DrawnScene.model.get())
        model = hooked
        let path = try folder.write(yaml.text, to: "assay.yaml")
        let settings = try Settings(contentsOf: path, dropIns: nil)
        let exited = Exits()
        let usual: ModelLoader = { _ throws(InferenceError) in hooked }
        let parts = StationParts(
            openModel: openModel ?? usual, measurePrecision: measurePrecision,
            readSettings: { () throws(SettingsErrors) in try Settings(contentsOf: path, dropIns: nil) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, logThreshold: LogThreshold(.info),
            version: "test", exit: { exited.add($0) })
        self.exited = exited
        station = try Station(
            settings,
            places: StationPlaces(
                state: folder.file("state"), runtime: folder.file("run"), credentials: credentials), parts: parts)
        try station.start()
    }

    let exited: Exits

    func rewrite(_ yaml: StationYAML) throws { try folder.write(yaml.text, to: "assay.yaml") }

    func line(_ name: String) throws -> LineReport? { station.statusReport.lines.first { $0.name == name } }

    /// Waits until the line's report satisfies `condition`.
    func waitsFor(_ name: String, atMost limit: Duration = .seconds(20), _ condition: (LineReport) -> Bool) -> Bool {
        Hook.waits(atMost: limit) { station.statusReport.lines.first { $0.name == name }.map(condition) ?? false }
    }

    func ask(_ command: ControlRequest.Command) throws -> [UInt8] {
        try ControlConnection(to: folder.file("run/control.sock")).ask(ControlRequest(command), within: .seconds(60))
    }

    /// What the station wanted to end the process with.
    final class Exits: Sendable {
        private let codes = Mutex<[Int32]>([])
        func add(_ code: Int32) { codes.withLock { $0.append(code) } }
        var all: [Int32] { codes.withLock { $0 } }
    }
}

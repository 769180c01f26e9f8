import AssayTestSupport
import Inference
import InferenceRuntime
import Station
import Synchronization
import Testing

/// In which precision a station's lines run, and what it says of it.
@Suite(.serialized) struct PrecisionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func line(_ set: String) throws -> String {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        return "camera: {replay: \"\(pattern)\", rate: 20, loop: true, wait: true}, support_set: \(folder.file(set))"
    }

    /// Opens real models and remembers what was asked for.
    private final class Opener: Sendable {
        private let asked = Mutex<[Precision]>([])

        var precisions: [Precision] { asked.withLock { $0 } }

        func open(_ shape: ModelShape) throws(InferenceError) -> any PerceptionModel {
            asked.withLock { $0.append(shape.precision) }
            return try DrawnScene.model(in: shape.precision)
        }
    }

    @Test func eachLineRunsInThePrecisionOfItsSet() async throws {
        try DrawnScene.enrol(version: "1", into: folder.file("bytes"))
        try DrawnScene.enrol(version: "1", by: DrawnScene.model(in: .fp32), into: folder.file("floats"))
        let opener = Opener()
        let yaml = StationYAML(lines: ["bytes": try line("bytes"), "floats": try line("floats")])
        let running = try RunningStation(
            yaml, in: folder, openModel: { shape throws(InferenceError) in try opener.open(shape) })
        for name in ["bytes", "floats"] {
            #expect(running.waitsFor(name) { $0.counts.passed > 2 && $0.counts.noVerdict == 0 })
        }
        #expect(opener.precisions.sorted() == [.int8, .fp32])
        #expect(try running.line("bytes")?.set?.precision == "int8")
        #expect(try running.line("floats")?.set?.precision == "fp32")
        #expect(running.station.statusReport.precision == nil)
        #expect(await running.station.stop())
    }

    @Test func aSetOfAnotherPrecisionThanTheSettingsNameIsRefused() async throws {
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
        let opener = Opener()
        let yaml = StationYAML(extra: "precision: fp32", lines: ["tray": try line("set")])
        let running = try RunningStation(
            yaml, in: folder, openModel: { shape throws(InferenceError) in try opener.open(shape) })
        #expect(
            running.waitsFor("tray") { $0.lastRefusal != nil && $0.counts.noVerdictReasons["no_support_set"] ?? 0 > 2 })
        let refusal = try #require(try running.line("tray")?.lastRefusal)
        #expect(refusal.contains("enrolled in int8 but the model runs in fp32"), "\(refusal)")
        let statement = running.station.statusReport.precision
        #expect(statement?.choice == .fp32 && statement?.by == .settings)
        #expect(await running.station.stop())
    }

    @Test func whatWasMeasuredIsToldAndChangesNoSet() async throws {
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
        func timing(_ precision: Precision, _ milliseconds: Double) -> PrecisionTiming {
            PrecisionTiming(precision: precision, milliseconds: milliseconds, kernels: [])
        }
        let report = PrecisionReport(timings: [timing(.int8, 40), timing(.bf16, 20), timing(.fp32, 60)])
        let running = try RunningStation(
            StationYAML(lines: ["tray": try line("set")]), in: folder,
            measurePrecision: { () throws(InferenceError) in report })
        #expect(running.waitsFor("tray") { $0.counts.passed > 2 })
        #expect(Hook.waits(atMost: .seconds(20)) { running.station.statusReport.precision != nil })
        let statement = try #require(running.station.statusReport.precision)
        #expect(statement.choice == .bf16 && statement.by == .measurement)
        #expect(statement.milliseconds == ["int8": 40, "bf16": 20, "fp32": 60])
        #expect(try running.line("tray")?.set?.precision == "int8")
        let health = String(decoding: try running.ask(.health), as: UTF8.self)
        #expect(health.contains(#""precision":{"choice":"bf16","by":"measurement""#), "\(health)")
        #expect(await running.station.stop())
    }
}

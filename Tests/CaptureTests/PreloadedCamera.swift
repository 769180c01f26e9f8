import Foundation
import Testing

/// Runs a program of the build under the preloaded camera of `Tests/PreloadCamera`.
struct PreloadedCamera {
    /// One line of `capture-probe`.
    struct Event: Decodable {
        struct Picture: Decodable {
            let width: Int
            let height: Int
            let first: [Int]
        }

        let event: String

        // frame
        let sequence: UInt32?
        let lost: Int?
        let skipped: Int?
        let ageMilliseconds: Double?
        let count: Int?
        let bytes: [Int]?
        let unchanged: Bool?
        let row: Int?
        let format: String?
        let picture: Picture?

        // states
        let code: String?
        let text: String?
        let width: Int?
        let height: Int?
        let rate: Double?
        let card: String?
        let crop: [Int]?
        let at: Int?
        let device: String?
        let serial: String?
        let controls: [String: Int]?
        let faults: [String]?

        // the end
        let ms: Double?
        let ended: Bool?
        let errors: Int?
        let losses: Int?
        let flagged: Int?
        let short: Int?
        let oversized: Int?
        let stamps: Int?
        let repeated: Int?
        let unseen: Int?
        let offered: Int?
        let taken: Int?
        let descriptorsBefore: Int?
        let descriptorsAfter: Int?
        let mappingsBefore: Int?
        let mappingsAfter: Int?
        let threadsBefore: Int?
        let threadsAfter: Int?

        /// The number that the pattern carries in its first four bytes.
        var painted: UInt32? {
            guard let bytes, bytes.count >= 4 else { return nil }
            return bytes.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }

        /// `opening`, `streaming` or the reason of a loss; nil for what is no change of state.
        var state: String? {
            switch event {
            case "opening", "streaming": event
            case "lost": code
            default: nil
            }
        }
    }

    struct Outcome {
        let events: [Event]

        /// What the camera counted: openings, mappings, buffers held.
        let report: [String: Int]

        var frames: [Event] { events.filter { $0.event == "frame" } }
        /// The controls each time that they were told.
        var controls: [Event] { events.filter { $0.event == "streaming" } }
        var states: [String] { events.compactMap(\.state) }

        func done() throws -> Event { try #require(events.last { $0.event == "done" }) }
    }

    struct Finished {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Settings of the camera without their `PRELOAD_CAMERA_`.
    var settings: [String: String] = [:]

    /// Runs `capture-probe` and reads what it printed.
    func probe(_ arguments: String...) throws -> Outcome { try probe(arguments) }

    func probe(_ arguments: [String]) throws -> Outcome {
        let report = FileManager.default.temporaryDirectory.appendingPathComponent("camera-\(UUID().uuidString)")
        let finished = try run("capture-probe", arguments, settings.merging(["REPORT": report.path]) { $1 })
        defer { Self.remove(report) }
        try #require(finished.status == 0, "\(finished.errors)")
        let lines = finished.output.split(separator: "\n")
        let events = try lines.map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
        let counts = try String(contentsOf: report, encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: " ") }
        return Outcome(
            events: events,
            report: Dictionary(uniqueKeysWithValues: counts.map { (String($0[0]), Int($0[1]) ?? -1) }))
    }

    /// Runs any program of the build.
    func run(
        _ program: String, _ arguments: [String], _ settings: [String: String]? = nil
    ) throws -> Finished {
        let process = Process()
        process.executableURL = Self.products.appendingPathComponent(program)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["LD_PRELOAD"] = try Self.library.get().path
        for (name, value) in settings ?? self.settings { environment["PRELOAD_CAMERA_\(name)"] = value }
        process.environment = environment
        return try Self.finish(process)
    }

    /// Where the build put the programs: beside the tests.
    private static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// Compiled once a run.
    private static let library = Result {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("PreloadCamera/preload_camera.c")
        let target = products.appendingPathComponent("preload_camera.so")
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments =
            ["cc", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O2", "-o", target.path, source.path]
            + ["-ldl", "-lpthread"]
        let finished = try finish(compiler)
        try #require(finished.status == 0, "\(finished.errors)")
        return target
    }

    /// Starts a program and waits for it; its output is small enough for a file each.
    private static func finish(_ process: Process) throws -> Finished {
        let folder = FileManager.default.temporaryDirectory
        let output = folder.appendingPathComponent("out-\(UUID().uuidString)")
        let errors = folder.appendingPathComponent("err-\(UUID().uuidString)")
        for file in [output, errors] { try Data().write(to: file) }
        defer { for file in [output, errors] { remove(file) } }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Finished(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    private static func remove(_ file: URL) {
        do {
            try FileManager.default.removeItem(at: file)
        } catch {
            print("cannot remove \(file.path): \(error)")
        }
    }
}

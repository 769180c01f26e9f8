import AssayTestSupport
import Foundation
import Publishing
import Station
import Testing

/// The real daemon, killed in the midst of what it does to sets: it comes up with one whole set or the other.
@Suite(.serialized) struct SetKillTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-kill")
        try DrawnSets.put("1", into: folder.file("set"))
        try DrawnSets.put("2", into: folder.file("library/squares-2"))
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let yaml = StationYAML(
            extra: "support_sets: {sources: [\(folder.file("library"))]}",
            lines: ["tray": "camera: {replay: \"\(pattern)\", rate: 50}, support_set: \(folder.file("set"))"])
        try folder.write(yaml.text, to: "assay.yaml")
    }

    private func start() throws -> ChildProcess {
        let daemon = try ChildProcess(
            DaemonProgram.path("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"))
        let isUp = Hook.waits(atMost: .seconds(60)) {
            Result { try line()?.counts.judged ?? 0 > 0 }.isTrue
        }
        #expect(isUp)
        return daemon
    }

    private func ask(_ line: [UInt8]) throws -> [UInt8] {
        try ControlConnection(to: folder.file("run/control.sock")).ask(line: line, within: .seconds(60))
    }

    private func line() throws -> LineReport? {
        let bytes = try ask(Array(#"{"command":"status"}"#.utf8))
        return try JSONDecoder().decode(StatusReport.self, from: Data(bytes)).lines.first
    }

    @Test func killedBetweenPrepareAndActivateOrWithinThemItComesUpWhole() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var daemon = try start()
        for round in 0..<4 {
            let wanted = try #require(try line()?.set?.version) == "1" ? "2" : "1"
            let set = wanted == "2" ? "squares@2" : folder.file("set")
            // Its answer may never come.
            let prepare = CommandRequest(.prepareSet, line: "tray", details: CommandDetails(lines: ["tray"], set: set))
            let activate = CommandRequest(.activateSet, line: "tray", details: CommandDetails(lines: ["tray"]))
            let isWithinPreparing = round == 0
            let delay = UInt32.random(in: 0...30_000, using: &generator)
            if isWithinPreparing {
                let asking = Thread { _ = Result { try ask(prepare.json()) } }
                asking.start()
                usleep(delay * 10)
            } else {
                _ = try ask(prepare.json())
                let asking = Thread { _ = Result { try ask(activate.json()) } }
                if round > 1 { asking.start() }
                usleep(round > 1 ? delay / 10 : 0)
            }
            daemon.end(with: SIGKILL)
            daemon = try start()
            let line = try #require(try line())
            let version = try #require(line.set?.version, "seed \(seed), round \(round): no set")
            #expect(round > 1 || version == "1", "seed \(seed), round \(round)")
            let bytes = try ask(Array(#"{"command":"support-set/history"}"#.utf8))
            let history = try JSONDecoder().decode(SetHistoryReport.self, from: Data(bytes))
            let record = try #require(history.lines.first, "seed \(seed), round \(round)")
            #expect(record.history.last?.set.version == version, "seed \(seed), round \(round)")
            #expect(line.lastRefusal == nil, "seed \(seed), round \(round): \(line.lastRefusal ?? "")")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("state/sets"))
            #expect(
                Hook.waits(atMost: .seconds(10)) { names.allSatisfy { $0.count == 64 } || partialIsGone }, "\(names)")
        }
        daemon.end(with: SIGTERM)
    }

    private var partialIsGone: Bool {
        let names = Result { try FileManager.default.contentsOfDirectory(atPath: folder.file("state/sets")) }
        if case .success(let names) = names { return names.allSatisfy { $0.count == 64 } }
        return false
    }
}

extension Result where Success == Bool {
    /// A success that says so.
    fileprivate var isTrue: Bool {
        if case .success(true) = self { true } else { false }
    }
}

import AssayTestSupport
import Foundation
import Publishing
import Station

/// The real daemon, with what an operator has to ask it by.
final class OutsideStation {
    let folder: TemporaryFolder
    private var daemon: ChildProcess?

    init(in folder: TemporaryFolder) { self.folder = folder }

    /// Starts the daemon and waits until every line judges or is armed.
    func start(_ yaml: StationYAML) throws {
        try folder.write(yaml.text, to: "assay.yaml")
        daemon = try ChildProcess(
            DaemonProgram.path("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"))
        let isUp = Hook.waits(atMost: .seconds(60)) {
            report()?.lines.allSatisfy { $0.state == "armed" || $0.counts.judged > 0 } ?? false
        }
        guard isUp else { throw TestSupportError.notReady(program: "assayd", output: log) }
    }

    /// - Returns: the exit code.
    func stop() -> Int32? {
        defer { daemon = nil }
        return daemon.map { $0.end(with: SIGTERM) >> 8 & 0xFF }
    }

    var log: String {
        let text = FileManager.default.contents(atPath: folder.file("log"))
        return text.map { String(decoding: $0.suffix(4000), as: UTF8.self) } ?? ""
    }

    /// Nil while the daemon does not answer.
    func report() -> StatusReport? {
        do {
            let answer = try ControlConnection(to: folder.file("run/control.sock")).ask(
                ControlRequest(.status), within: .seconds(10))
            return try JSONDecoder().decode(StatusReport.self, from: Data(answer))
        } catch {
            return nil
        }
    }

    func line(_ name: String) -> LineReport? { report()?.lines.first { $0.name == name } }

    /// Runs `assayctl` against this daemon.
    func ask(_ arguments: String...) throws -> CommandRun {
        try CommandRun("assayctl", arguments + ["--runtime-dir", folder.file("run")], in: folder.path)
    }
}

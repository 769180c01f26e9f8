import AssayTestSupport
import Foundation
import Glibc
import Station
import Testing

/// `assayctl command` against a station that runs, and against none.
@Suite(.serialized) struct CommandLineTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func assayctl(_ arguments: String...) throws -> (code: Int32, output: String) {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let beside = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let program = unsafe access("\(beside)/assayctl", X_OK) == 0 ? beside : "\(Repository.root)/.build/release"
        let file = folder.file("out-\(UUID().uuidString)")
        let child = try ChildProcess(
            "\(program)/assayctl", arguments + ["--runtime-dir", folder.file("run")], output: file)
        let status = child.wait()
        let output = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return (status & 0x7F == 0 ? status >> 8 & 0xFF : -1, output)
    }

    @Test func anInspectionIsAskedForAndItsExitCodeIsTheVerdict() async throws {
        try DrawnScene.enrol(version: "1", into: folder.file("set"))
        let pictures = [DrawnScene.picture(variant: 0), DrawnScene.picture(variant: 1, without: 2)]
        let pattern = try DrawnScene.write(pictures, to: "frame", in: folder)
        let running = try RunningStation(
            StationYAML(lines: [
                "tray":
                    "camera: {replay: \"\(pattern)\", rate: 50, wait: true}, support_set: \(folder.file("set")), deadline_ms: 20000, trigger: {mode: command}"
            ]), in: folder)
        #expect(running.waitsFor("tray") { $0.state == "armed" })
        let pass = try assayctl("command", "inspect", "tray", "--metadata", #"{"n": 1.50}"#, "--json", "--id", "A")
        #expect(pass.code == 0, "\(pass.output)")
        #expect(pass.output.contains(#""metadata":{"n":1.50},"#) && pass.output.contains(#""id":"A""#))
        let fail = try assayctl("command", "inspect", "tray")
        #expect(fail.code == 1 && fail.output.contains("tray #2 FAIL"), "\(fail.output)")
        let unknown = try assayctl("command", "inspect", "press")
        #expect(unknown.code == 3 && unknown.output.contains("unknown_line"), "\(unknown.output)")
        #expect(try assayctl("command", "inspect", "tray", "--metadata", "[1]").code == 3)
        #expect(try assayctl("command", "inspect", "tray", "--metadata", "{").code == 3)
        #expect(try assayctl("command", "inspect", "tray", "--deadline", "1").code == 2)
        #expect(try running.line("tray")?.counts.judged == 2)
        #expect(await running.station.stop())
    }

    @Test func withoutADaemonItSaysSo() throws {
        let nobody = try assayctl("command", "inspect", "tray")
        #expect(nobody.code == 4 && nobody.output.contains("is it running"), "\(nobody.output)")
    }
}

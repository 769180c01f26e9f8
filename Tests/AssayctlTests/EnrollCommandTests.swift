import AssayTestSupport
import Foundation
import Testing

/// `assayctl enroll` with the real networks, as an operator runs it.
struct EnrollCommandTests {
    private let bench: Workbench
    private let folder: TemporaryFolder

    init() throws {
        bench = try Workbench.shared.get()
        folder = try TemporaryFolder("assay-enroll")
    }

    private func enroll(_ arguments: String...) throws -> CommandRun {
        try CommandRun("assayctl", ["enroll", "--name", "tray"] + arguments)
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path) }

    @Test func aSetIsReportedWithWhatItCanPromise() throws {
        let run = try enroll(bench.file("good/1.png"), bench.file("good/2.png"), "--output", folder.file("set"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("tray@1: 2 good pictures in \(folder.file("set"))"))
        #expect(run.output.contains("parts found       6, 6"), "\(run.output)")
        #expect(run.output.contains("2 scores (leave-one-out)") && run.output.contains("too few to promise"))
        #expect(run.errors.isEmpty)
        let told = "Its own pictures with one thing wrong"
        #expect(run.output.contains(told), "\(run.output)")
        let untested = try enroll(
            bench.file("good/1.png"), "--output", folder.file("untested"), "--skip-self-test")
        #expect(untested.status == 0 && !untested.output.contains(told), "\(untested.output)")
    }

    @Test func anExistingSetIsReplacedOnlyWhenAsked() throws {
        let output = folder.file("set")
        #expect(try enroll(bench.file("good/1.png"), "--output", output, "--skip-self-test").status == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: output + "/manifest.json"))
        let refused = try enroll(bench.file("good/2.png"), "--output", output)
        #expect(refused.status == 3 && refused.output.isEmpty)
        #expect(refused.errors.contains("\(output) exists already; choose another folder or say --replace"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: output + "/manifest.json")) == before)
        let replaced = try enroll(
            bench.file("good/2.png"), "--version", "2", "--output", output + "/", "--replace", "--skip-self-test")
        #expect(replaced.status == 0, "\(replaced.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: output + "/manifest.json")) != before)
        #expect(try names() == ["set"])
    }

    @Test func badInputLeavesNothingBehind() throws {
        let sample = bench.file("good/1.png")
        let text = try TemporaryFolder("assay-text")
        let letter = try text.write("a letter", to: "letter.png")
        let cases: [([String], String)] = [
            ([sample, letter], "letter.png: not a JPEG or PNG picture"),
            ([sample, "/nowhere/b.png"], "/nowhere/b.png: no such file"),
            ([sample, bench.file("tall.png")], "all images of a set must come from one camera"),
            ([sample, "--model", "/nowhere"], "/nowhere"),
            ([sample, "--region", "0,0,9999,9999"], "does not lie in the picture"),
        ]
        for (arguments, reason) in cases {
            let run = try CommandRun(
                "assayctl", ["enroll", "--name", "tray", "--output", folder.file("set")] + arguments)
            #expect(run.status == 3 && run.output.isEmpty, "\(reason): \(run.status)")
            #expect(run.errors.hasPrefix("assayctl: ") && run.errors.contains(reason), "\(run.errors)")
            #expect(try names().isEmpty)
        }
    }

    @Test func anOutputThatCannotBeWrittenIsNamed() throws {
        let run = try enroll(
            bench.file("good/1.png"), "--output", folder.file("missing/set"), "--skip-self-test")
        #expect(run.status == 3 && run.output.isEmpty)
        #expect(run.errors.contains(folder.file("missing/set")) && run.errors.contains("cannot be written"))
        #expect(try names().isEmpty)
    }
}

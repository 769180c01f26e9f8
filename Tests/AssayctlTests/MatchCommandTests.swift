import Foundation
import Testing

/// Runs the built `assayctl match` as an operator would.
struct MatchCommandTests {
    private struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    private let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden")

    /// The command lies in the build folder, beside the test program.
    private func match(_ file: String, _ method: String, _ options: String...) throws -> Outcome {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let besideTests = URL(filePath: tests).deletingLastPathComponent().appending(path: "assayctl")
        let inBuildFolder = URL(filePath: #filePath).appending(path: "../../../.build/release/assayctl").standardized
        let process = Process()
        process.executableURL =
            FileManager.default.isExecutableFile(atPath: besideTests.path) ? besideTests : inBuildFolder
        process.arguments = ["match", file, "--method", method] + options
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let outputBytes = output.fileHandleForReading.readDataToEndOfFile()
        let errorBytes = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: outputBytes, as: UTF8.self),
            errors: String(decoding: errorBytes, as: UTF8.self))
    }

    private func match(text: String, _ method: String) throws -> Outcome {
        let file = FileManager.default.temporaryDirectory.appending(path: "match-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: file)
        let outcome = try match(file.path, method, "--json")
        try FileManager.default.removeItem(at: file)
        return outcome
    }

    private struct Expectation: Decodable {
        struct Case: Decodable {
            struct Expected: Decodable {
                let score: Double
            }
            let name: String
            let expected: Expected
        }
        let cases: [Case]?
        let empty: [Case]?
    }

    private struct Line: Decodable {
        let name: String
        let score: Double
    }

    @Test(arguments: [("romad", "romad"), ("conventions", "romad"), ("objectcore", "objectcore")])
    func goldenFilesGiveOneLineACase(file: String, method: String) throws {
        let path = golden.appending(path: "\(file).json").path
        let expectation = try JSONDecoder().decode(Expectation.self, from: Data(contentsOf: URL(filePath: path)))
        let cases = (expectation.cases ?? []) + (expectation.empty ?? [])
        let outcome = try match(path, method, "--json")
        #expect(outcome.status == 0 && outcome.errors == "")
        let lines = try outcome.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.map(\.name) == cases.map(\.name))
        #expect(zip(lines, cases).allSatisfy { abs($0.score - $1.expected.score) < 1e-4 })
    }

    @Test func withoutJSONATableIsPrinted() throws {
        let outcome = try match(golden.appending(path: "romad.json").path, "romad")
        #expect(outcome.status == 0)
        #expect(outcome.output.split(separator: "\n").count == 13)
        #expect(outcome.output.hasPrefix("case"))
    }

    private func romad(
        embeddings: String = "[[1, 2]]", boxes: String = "[[0, 0, 4, 4]]", areas: String = "[16]",
        bank: String? = nil, more: String = "\"neighbours\": 3, \"area_weight\": 0.5, \"k\": 3"
    ) -> String {
        let scene = "{\"embeddings\": \(embeddings), \"boxes\": \(boxes), \"areas\": \(areas)}"
        return "{\"cases\": [{\"name\": \"a\", \(more), \"query\": \(scene), \"bank\": \(bank ?? "[\(scene)]")}]}"
    }

    @Test func brokenScenesAreRefusedWithCaseAndKey() throws {
        #expect(try match(text: romad(), "romad").status == 0)
        let hostile = [
            (romad(areas: "[16, 2]"), "case 0 (a): query.areas: 2 areas for 1 embeddings"),
            (romad(areas: "[-1]"), "query.areas[0]: is negative"),
            (romad(areas: "[NaN]"), "case 0 (a): query.areas[0]: must be a number"),
            (romad(areas: "[1e400]"), "is not valid JSON, or holds a number too large"),
            (romad(areas: "[1e39]"), "query.areas[0]: must be a number within"),
            (romad(areas: "[\"x\"]"), "case 0: query.areas[0]: wrong kind of value"),
            (romad(boxes: "[[1, 2, 3]]"), "query.boxes[0]: 3 values instead of x1 y1 x2 y2"),
            (romad(embeddings: "[[]]"), "query.embeddings[0]: is empty"),
            (romad(embeddings: "[[1e30, 2]]"), "query.embeddings[0][0]: must be a number within"),
            (romad(bank: "[]"), "bank: holds no support image"),
            (
                romad(bank: "[{\"embeddings\": [[1]], \"boxes\": [[0, 0, 1, 1]], \"areas\": [1]}]"),
                "bank[0].embeddings[0]: 1 values where earlier objects have 2"
            ),
            (romad(more: "\"neighbours\": 0, \"area_weight\": 0.5, \"k\": 3"), "neighbours: must be 1 to 1000"),
            (romad(more: "\"neighbours\": 3, \"area_weight\": 0.5"), "case 0: k: this key is missing"),
            (
                romad(more: "\"neighbours\": 3, \"area_weight\": 0.5, \"k\": 1e99"),
                "is not valid JSON, or holds a number too large"
            ),
            ("{\"case\": []}", "neither a list `cases` nor"),
            ("[]", "wrong kind of value"),
            ("{\"cases\": [", "is not valid JSON"),
            ("", "is not valid JSON"),
        ]
        for (text, complaint) in hostile {
            let outcome = try match(text: text, "romad")
            #expect(outcome.status == 3 && outcome.output == "", "\(complaint)")
            #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
        }
    }

    private func objectCore(
        grid: String = "[1, 2]", image: String = "[2, 4]", features: String = "[1, 2]", masks: String = "[[3, 5]]",
        more: String = "\"gamma\": 0.1, \"sigma\": 4, \"top_fraction\": 0.01"
    ) -> String {
        let scene = "{\"features\": \(features), \"masks\": \(masks)}"
        let shape = "{\"channels\": 1, \"grid\": \(grid), \"image\": \(image)}"
        return
            "{\"cases\": [{\"name\": \"a\", \(more), \"shape\": \(shape), \"query\": \(scene), \"bank\": [\(scene)]}]}"
    }

    @Test func brokenMasksAndShapesAreRefusedWithCaseAndKey() throws {
        #expect(try match(text: objectCore(), "objectcore").status == 0)
        #expect(try match(text: objectCore(masks: "[[8], [0, 8], [3, 2, 3]]"), "objectcore").status == 0)
        let hostile = [
            (objectCore(features: "[1, 2, 3]"), "case 0 (a): query.features: 3 values where the shape asks for 2"),
            (objectCore(grid: "[0, 2]"), "shape.grid: must be height and width"),
            (objectCore(grid: "[9223372036854775807, 2]"), "shape.grid: must be height and width"),
            (objectCore(image: "[2]"), "shape.image: must be height and width"),
            (objectCore(image: "[1000000, 1000000]"), "shape.image: must be height and width"),
            (objectCore(masks: "[[3, 6]]"), "query.masks[0][1]: a run of 6 leaves the image of 8 pixels"),
            (objectCore(masks: "[[3, 4]]"), "query.masks[0]: the runs cover 7 of 8 pixels"),
            (objectCore(masks: "[[-3, 11]]"), "query.masks[0][0]: a run of -3 leaves"),
            (objectCore(masks: "[[3, 9223372036854775807]]"), "query.masks[0][1]: a run of"),
            (objectCore(more: "\"gamma\": 0.1, \"sigma\": 1e9, \"top_fraction\": 0.01"), "sigma: must be 0 to 100"),
            (objectCore(more: "\"gamma\": 0.1, \"sigma\": 4, \"top_fraction\": 7"), "top_fraction: must be 0 to 1"),
            (romad(), "case 0: shape: this key is missing"),
        ]
        for (text, complaint) in hostile {
            let outcome = try match(text: text, "objectcore")
            #expect(outcome.status == 3 && outcome.output == "", "\(complaint)")
            #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
        }
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let missing = try match("/nonexistent/scenes.json", "romad")
        #expect(missing.status == 3 && missing.errors.contains("/nonexistent/scenes.json: cannot be opened"))
        let directory = try match("/tmp", "romad")
        #expect(directory.status == 3 && directory.errors.contains("/tmp"))
    }

    @Test func anUnknownMethodIsWrongUsage() throws {
        #expect(try match(golden.appending(path: "romad.json").path, "magic").status == 2)
    }
}

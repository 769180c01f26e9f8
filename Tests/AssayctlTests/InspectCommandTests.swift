import AssayTestSupport
import Foundation
import Imaging
import Testing

/// `assayctl inspect` with the real networks, as an operator runs it.
struct InspectCommandTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench.shared.get()
    }

    @Test func goodPicturesPass() throws {
        let run = try bench.inspect(bench.file("good"))
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        #expect(run.lines.count == 4 && run.lines.allSatisfy { $0.contains(": PASS score") }, "\(run.output)")
        #expect(run.errors.isEmpty)
    }

    @Test func anErasedPartFailsAndIsToldInWords() throws {
        let run = try bench.inspect(bench.file("fail.png"))
        #expect(run.status == 1, "\(run.output) \(run.errors)")
        #expect(run.lines.first?.hasPrefix(bench.file("fail.png") + ": FAIL score") == true, "\(run.output)")
        #expect(run.lines.dropFirst().contains { $0.contains("is missing at the bottom") }, "\(run.output)")
    }

    @Test func aPictureOfAnotherShapeGetsNoVerdict() throws {
        let run = try bench.inspect(bench.file("tall.png"))
        #expect(run.status == 5, "\(run.output) \(run.errors)")
        #expect(run.output.contains("NO_VERDICT") && run.output.contains("frame_size_differs"))
    }

    @Test func aPictureInAnotherLightGetsNoVerdictAndSaysByHowMuch() throws {
        let image = Workbench.scene(seed: 1).image(scale: 2)
        let dim = Image(width: image.width, height: image.height, pixels: image.pixels.map { $0 / 2 })
        let run = try bench.inspect(try bench.write(dim, as: "dim.png"))
        #expect(run.status == 5, "\(run.output) \(run.errors)")
        #expect(run.output.contains("light_drift") && run.output.contains("stops darker"), "\(run.output)")
    }

    @Test func oneFailOutweighsWhatCannotBeDecidedAndThatOutweighsAPass() throws {
        let (pass, fail, none) = (bench.file("pass.png"), bench.file("fail.png"), bench.file("tall.png"))
        #expect(try bench.inspect(none, fail, pass).status == 1)
        #expect(try bench.inspect(pass, fail).status == 1)
        #expect(try bench.inspect(pass, none).status == 5)
        #expect(try bench.inspect(none, pass).status == 5)
    }

    @Test(arguments: ["assay", "objectcore", "romad"])
    func everyLineOfJSONIsAVerdictByItsSchema(method: String) throws {
        let run = try bench.inspect(
            "--json", "--method", method, bench.file("pass.png"), bench.file("fail.png"), bench.file("tall.png"))
        #expect(run.status == 1, "\(run.output.prefix(300)) \(run.errors)")
        #expect(run.lines.count == 3)
        #expect(try SchemaValidator.problems(in: run.lines.map { Array($0.utf8) }) == [])
        struct Verdict: Decodable {
            struct Named: Decodable { let name: String }
            struct Finding: Decodable { let kind: String }
            let decision: String
            let camera: String
            let seq: Int
            let supportSet: Named
            let findings: [Finding]
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let verdicts = try run.lines.map { try decoder.decode(Verdict.self, from: Data($0.utf8)) }
        #expect(verdicts.map(\.decision) == ["pass", "fail", "no_verdict"])
        #expect(verdicts.map(\.seq) == [1, 2, 3])
        #expect(verdicts.allSatisfy { $0.supportSet.name == "tray" })
        #expect(verdicts[0].camera == bench.file("pass.png"))
        #expect(verdicts[0].findings.isEmpty && verdicts[1].findings.first?.kind == "missing")
    }

    @Test func overlaysAreTheFramesWithTheirFindingsBelowABanner() throws {
        let folder = bench.file("marked/deep")
        let run = try bench.inspect("--overlay", folder, bench.file("pass.png"), bench.file("fail.png"))
        #expect(run.status == 1, "\(run.errors)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["0001-pass.jpg", "0002-fail.jpg"])
        let plain = try Image(contentsOf: bench.file("fail.png"))
        let marked = try Image(contentsOf: folder + "/0002-fail.jpg")
        #expect(marked.width == plain.width && (plain.height...(plain.height + 60)).contains(marked.height))
        let frame = marked.pixels.suffix(plain.pixels.count)
        let changedCount = zip(frame, plain.pixels).count { abs(Int($0) - Int($1)) > 60 }
        #expect(changedCount > 300, "nothing was drawn")
        #expect(changedCount < plain.pixels.count / 4, "the picture is not the frame")
    }

    @Test func anOverlayFolderThatCannotBeMadeIsNamedBeforeAnythingIsJudged() throws {
        let run = try bench.inspect("--overlay", bench.file("pass.png") + "/marked", bench.file("pass.png"))
        #expect(run.status == 3 && run.output.isEmpty)
        #expect(run.errors.contains("pass.png/marked: cannot be made; check"), "\(run.errors)")
    }

    @Test func anOverlayThatCannotBeWrittenIsNamed() throws {
        let folder = try TemporaryFolder("assay-overlay")
        try FileManager.default.createDirectory(
            atPath: folder.file("0001-pass.jpg"), withIntermediateDirectories: false)
        let run = try bench.inspect("--overlay", folder.path, bench.file("pass.png"))
        #expect(run.status == 3)
        #expect(
            run.errors.contains("0001-pass.jpg: cannot be written") && run.errors.contains("check"), "\(run.errors)")
        #expect(!run.errors.contains("NSCocoaErrorDomain"), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test func aRegionIsInspectedAlone() throws {
        let run = try bench.inspect("--region", "0,0,384,288", bench.file("pass.png"))
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        let outside = try bench.inspect("--region", "300,200,384,288", bench.file("pass.png"))
        #expect(outside.status == 3 && outside.errors.contains("does not lie in the picture"))
    }

    /// Pictures that are none, each with a word of the refusal.
    @Test func badPicturesAreRefusedByName() throws {
        let folder = try TemporaryFolder("assay-bad")
        let good = try [UInt8](Data(contentsOf: URL(fileURLWithPath: bench.file("pass.png"))))
        // The header of a PNG of 16384×16384 pixels with nothing behind it, and one of 2³¹−1.
        let absurd: ([UInt8]) -> [UInt8] = { side in
            Array(good.prefix(16)) + side + side + Array(good.dropFirst(24))
        }
        let cases: [(String, [UInt8], String)] = [
            ("cut.png", Array(good.prefix(good.count / 2)), "truncated or damaged"),
            ("huge.png", absurd([0x00, 0x00, 0xFF, 0xFF]), "refused"),
            ("absurd.png", absurd([0x7F, 0xFF, 0xFF, 0xFF]), "refused"),
            ("text.png", Array("this is a letter".utf8), "not a JPEG or PNG"),
            ("nothing.png", [], "not a JPEG or PNG"),
        ]
        for (name, bytes, reason) in cases {
            let path = try folder.write(bytes, to: name)
            let run = try bench.inspect(path)
            #expect(run.status == 3 && run.output.isEmpty, "\(name): \(run.status) \(run.output)")
            #expect(run.errors.hasPrefix("assayctl: \(path): ") && run.errors.contains(reason), "\(run.errors)")
        }
    }

    @Test func whatWasJudgedBeforeABadPictureIsToldWhole() throws {
        let folder = try TemporaryFolder("assay-bad")
        let letter = try folder.write("a letter", to: "letter.png")
        let run = try bench.inspect("--json", bench.file("fail.png"), letter, bench.file("pass.png"))
        #expect(run.status == 3)
        #expect(run.lines.count == 1 && run.output.hasSuffix("}\n"))
        #expect(try SchemaValidator.problems(in: run.lines.map { Array($0.utf8) }) == [])
        #expect(run.errors.contains(letter))
    }

    @Test func picturesThatAreNotThereAreNamed() throws {
        let folder = try TemporaryFolder("assay-empty")
        let missing = try bench.inspect("/nowhere/a.png")
        #expect(missing.status == 3 && missing.output.isEmpty)
        #expect(missing.errors.contains("/nowhere/a.png: no such file or folder; check the path"))
        let empty = try bench.inspect(folder.path)
        #expect(empty.status == 3 && empty.output.isEmpty)
        #expect(empty.errors.contains("\(folder.path): holds no PNG or JPEG picture; name another folder"))
    }

    @Test func aSetThatCannotBeUsedIsNamed() throws {
        let missing = try CommandRun("assayctl", ["inspect", "--set", "/nowhere/set", bench.file("pass.png")])
        #expect(missing.status == 3 && missing.output.isEmpty)
        #expect(missing.errors.contains("/nowhere/set/manifest.json: cannot be read"), "\(missing.errors)")

        let folder = try TemporaryFolder("assay-foreign")
        let copy = folder.file("set")
        try FileManager.default.copyItem(atPath: bench.set, toPath: copy)
        try Data([1]).write(to: URL(fileURLWithPath: copy + "/structural.bank"))
        let damaged = try CommandRun("assayctl", ["inspect", "--set", copy, bench.file("pass.png")])
        #expect(damaged.status == 3 && damaged.output.isEmpty)
        #expect(damaged.errors.contains("structural.bank: its content is not what manifest.json promises"))
    }

    @Test func aSetOfAnotherModelIsRefused() throws {
        let folder = try TemporaryFolder("assay-foreign")
        let copy = folder.file("set")
        try FileManager.default.copyItem(atPath: bench.set, toPath: copy)
        let path = copy + "/manifest.json"
        let manifest = try String(contentsOfFile: path, encoding: .utf8)
        let digest = try #require(manifest.firstMatch(of: /"digest" : "([0-9a-f]{64})"/)?.1)
        try manifest.replacing(digest, with: String(repeating: "0", count: 64)).write(
            toFile: path, atomically: true, encoding: .utf8)
        let run = try CommandRun("assayctl", ["inspect", "--set", copy, bench.file("pass.png")])
        #expect(run.status == 3 && run.output.isEmpty)
        #expect(
            run.errors.contains("enrolled with model") && run.errors.contains("enrol the set anew"), "\(run.errors)")
    }

    @Test func aModelThatIsNotThereIsNamed() throws {
        let run = try bench.inspect("--model", "/nowhere", bench.file("pass.png"))
        #expect(run.status == 3 && run.output.isEmpty)
        #expect(run.errors.contains("/nowhere") && run.errors.contains("Tools/setup.sh"), "\(run.errors)")
        let none = try bench.inspect(
            bench.file("pass.png"), environment: ["ASSAY_CACHE": "/nowhere/cache", "XDG_CACHE_HOME": "/nowhere"])
        #expect(none.status == 3 && none.output.isEmpty, "\(none.status) \(none.errors)")
    }
}

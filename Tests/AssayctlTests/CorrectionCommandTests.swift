import AssayTestSupport
import Foundation
import Imaging
import Testing

/// Looking at what was found, correcting it and enrolling again, as an engineer does, with the real networks.
struct CorrectionCommandTests {
    private let bench: Workbench
    private let folder: TemporaryFolder

    init() throws {
        bench = try Workbench.shared.get()
        folder = try TemporaryFolder("assay-correct")
    }

    private func enroll(_ arguments: String...) throws -> CommandRun {
        try CommandRun("assayctl", ["enroll", bench.file("good"), "--name", "tray", "--skip-self-test"] + arguments)
    }

    private func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.file(name)).sorted()
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.file(name))), as: UTF8.self)
    }

    @Test func whatWasFoundIsShownWithAFormToCorrectIt() throws {
        let run = try enroll("--show", folder.file("look"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(try names(in: "look") == ["001-1.png", "002-2.png", "003-3.png", "004-4.png", "objects.yaml"])
        let shown = try Image(contentsOf: folder.file("look/001-1.png"))
        let plain = try Image(contentsOf: bench.file("good/1.png"))
        #expect(shown.width == plain.width && shown.height > plain.height)
        #expect(try text("look/objects.yaml").contains("\"1.png\":\n    found: 6\n"))
        // The form corrects nothing, so it may be used as it is.
        let set = folder.file("set")
        let again = try enroll("--objects", folder.file("look/objects.yaml"), "--output", set)
        #expect(again.status == 0 && again.output.contains("parts found       6, 6, 6, 6"), "\(again.errors)")
    }

    @Test func aFormThatIsThereIsKept() throws {
        try FileManager.default.createDirectory(atPath: folder.file("look"), withIntermediateDirectories: false)
        try folder.write(Array("pictures:\n".utf8), to: "look/objects.yaml")
        let run = try enroll("--show", folder.file("look"))
        #expect(run.status == 0 && run.errors.contains("objects.yaml is kept as it is"))
        #expect(try text("look/objects.yaml") == "pictures:\n")
    }

    @Test func correctionsGoIntoTheSetAndHoldWhenItIsEnrolledAgain() throws {
        let corrections = """
            pictures:
              1.png:
                found: 6
                merge: [[1, 2]]
                names: {1+2: pair}
            """
        let file = try folder.write(Array(corrections.utf8), to: "objects.yaml")
        let run = try enroll("--objects", file, "--output", folder.file("set"), "--show", folder.file("look"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output.contains("001-1.png: merged 1+2\n") && run.output.contains("as in 001-1.png"), "\(run.output)")
        #expect(run.output.contains("parts found       5, 5, 5, 5"), "\(run.output)")
        #expect(try text("set/objects.yaml") == corrections)
        #expect(try text("set/labels.json").contains("\"pair\""))
        #expect(try !names(in: "look").contains("objects.yaml"))

        let again = try CommandRun(
            "assayctl",
            [
                "enroll", folder.file("set/images"), "--name", "tray", "--version", "2", "--skip-self-test", "--output",
                folder.file("second"),
            ])
        #expect(
            again.status == 0 && again.output.contains("parts found       5, 5, 5, 5"), "\(again.errors)\(again.output)"
        )
    }

    @Test(arguments: [
        ("pictures:\n  1.png:\n    drop: [40]\n", "objects.yaml:3: pictures.1.png.drop: 001-1.png has no object 40"),
        ("pictures:\n  9.png:\n    drop: [1]\n", "objects.yaml:2: pictures.9.png: is none of the pictures"),
        ("pictures:\n  1.png:\n    merge: [[1, 2], [2, 3]]\n", "object 2 is merged in line 3 already"),
        ("pictures:\n  1.png:\n    split: {1: [[9000, 1], [1, 1]]}\n", "lies outside the picture of 384×288"),
        ("pictures:\n  1.png:\n    drp: [1]\n", "did you mean drop?"),
    ])
    func correctionsThatDoNotFitAreRefusedByFileAndLine(text: String, reason: String) throws {
        let file = try folder.write(Array(text.utf8), to: "objects.yaml")
        let run = try enroll("--objects", file, "--output", folder.file("set"))
        #expect(run.status == 3 && run.output.isEmpty)
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("set")))
    }

    /// YOLO's text for the tray: six boxes as parts of the picture.
    private func labels(seed: UInt64) -> String {
        let scene = Workbench.scene(seed: seed)
        let (width, height) = (Double(scene.size.width), Double(scene.size.height))
        return scene.parts.enumerated().map { index, part in
            let box = part.box
            let numbers = [
                (Double(box.x) + Double(box.width) / 2) / width, (Double(box.y) + Double(box.height) / 2) / height,
                Double(box.width) / width, Double(box.height) / height,
            ]
            return "\(index % 3 == 0 ? 1 : 0) \(numbers.map { "\($0)" }.joined(separator: " "))\n"
        }.joined()
    }

    @Test func annotationsAreImportedAndTeachClasses() throws {
        try FileManager.default.createDirectory(atPath: folder.file("labels"), withIntermediateDirectories: false)
        for seed in [1, 2, 3] { try folder.write(Array(labels(seed: UInt64(seed)).utf8), to: "labels/\(seed).txt") }
        let classes = try folder.write(Array("names: [other, third]\n".utf8), to: "data.yaml")
        let file = folder.file("annotations.json")
        let imported = try CommandRun(
            "assayctl",
            [
                "annotate", bench.file("good"), "--format", "yolo", "--from", folder.file("labels"), "--names", classes,
                "--output", file,
            ])
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(
            imported.output.contains("18 objects in 3 of 4 pictures") && imported.output.contains("third: 2 a picture"))

        let run = try enroll("--annotations", file, "--output", folder.file("set"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output.contains("classes           other, third") && run.output.contains("annotated         3 pictures")
        )
        #expect(run.output.contains("pass 2            1 of 1 other pictures verified"), "\(run.output)")
        #expect(run.output.contains("parts found       6, 6, 6, 6"), "\(run.output)")
        #expect(try names(in: "set").contains("annotations.json") && names(in: "set").contains("classes.bank"))
    }

    @Test func annotationsOfNoneOfThePicturesAreRefused() throws {
        let file = try folder.write(
            Array("{\"schema\": \"assay.annotations/1\", \"pictures\": []}".utf8), to: "annotations.json")
        let run = try enroll("--annotations", file, "--output", folder.file("set"))
        #expect(run.status == 3 && run.errors.contains("says nothing of any of the pictures"))
        let bare = try CommandRun("assayctl", ["enroll", bench.file("good"), "--name", "tray"])
        #expect(bare.status == 2 && bare.errors.contains("--output"))
    }
}

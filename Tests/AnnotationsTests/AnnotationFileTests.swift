import Annotations
import AssayTestSupport
import Foundation
import Imaging
import Testing

struct AnnotationFileTests {
    private let folder: TemporaryFolder
    private let size = PixelSize(width: 40, height: 30)

    init() throws {
        folder = try TemporaryFolder("assay-annotations")
    }

    private func sample() -> AnnotationFile {
        let mask = Mask(grid: size) { x, y in (x - 12) * (x - 12) + (y - 9) * (y - 9) < 30 }
        return AnnotationFile(pictures: [
            AnnotatedPicture(
                file: "a.png", size: size,
                objects: [
                    AnnotatedObject(name: "disc", shape: .mask(mask)),
                    AnnotatedObject(name: "clip", shape: .box(PixelBox(x: 20, y: 4, width: 10, height: 8))),
                ]), AnnotatedPicture(file: "b.png", size: size, objects: []),
        ])
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let path = try folder.write(sample().fileContent, to: "annotations.json")
        #expect(try AnnotationFile(contentsOf: path) == sample())
        #expect(sample().classes == ["clip", "disc"])
    }

    @Test func aPictureIsFoundByItsNameInAFolderOrInASet() throws {
        let file = sample()
        #expect(try file.annotation(of: "x/a.png", size: size, file: "f")?.objects.count == 2)
        #expect(try file.annotation(of: "set/images/001-a.png", size: size, file: "f")?.objects.count == 2)
        #expect(try file.annotation(of: "x/c.png", size: size, file: "f") == nil)
        #expect(throws: AnnotationError.self) {
            try file.annotation(of: "x/a.png", size: PixelSize(width: 41, height: 30), file: "f")
        }
    }

    @Test func aPartOfAPictureHasWhatIsSeenInIt() throws {
        let part = sample().pictures[0].cropped(to: PixelBox(x: 16, y: 2, width: 20, height: 20))
        #expect(part.size == PixelSize(width: 20, height: 20))
        #expect(part.objects.map(\.name) == ["clip"])
        #expect(part.objects[0].box == PixelBox(x: 4, y: 2, width: 10, height: 8))
    }

    @Test(arguments: [
        ("{\"schema\": \"x\", \"pictures\": []}", "schema"),
        ("{\"schema\": \"assay.annotations/1\"}", "lacks pictures"),
        (
            "{\"schema\": \"assay.annotations/1\", \"pictures\": [{\"file\": \"a\", \"width\": 0, \"height\": 5, \"objects\": []}]}",
            "a:"
        ),
        (
            "{\"schema\": \"assay.annotations/1\", \"pictures\": [{\"file\": \"a\", \"width\": 5, \"height\": 5, \"objects\": [{\"class\": \"x\"}]}]}",
            "neither a box nor a mask"
        ),
        (
            "{\"schema\": \"assay.annotations/1\", \"pictures\": [{\"file\": \"a\", \"width\": 5, \"height\": 5, \"objects\": [{\"class\": \"x\", \"box\": [0, 0, 9223372036854775807, 1]}]}]}",
            "not x, y, width, height"
        ),
        (
            "{\"schema\": \"assay.annotations/1\", \"pictures\": [{\"file\": \"a\", \"width\": 5, \"height\": 5, \"objects\": [{\"class\": \"\\u001b[2J\", \"box\": [0, 0, 1, 1]}]}]}",
            "cannot be printed"
        ),
    ])
    func whatNoImportWritesIsRefused(text: String, told: String) throws {
        let path = try folder.write(Array(text.utf8), to: "bad.json")
        do {
            _ = try AnnotationFile(contentsOf: path)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.description.contains(told), "\(error)")
        }
    }
}

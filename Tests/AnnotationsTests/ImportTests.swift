import Annotations
import AssayTestSupport
import Foundation
import Imaging
import Testing

struct ImportTests {
    private let folder: TemporaryFolder
    private let picture = PictureToAnnotate(path: "shots/a.png", size: PixelSize(width: 200, height: 100))

    init() throws {
        folder = try TemporaryFolder("assay-import")
    }

    private func yolo(_ text: String, names: String = "nut\nlong bolt\n") throws -> AnnotatedPicture? {
        try folder.write(Array(text.utf8), to: "a.txt")
        let names = try folder.write(Array(names.utf8), to: "names")
        return try AnnotationImport.read(.yolo, from: folder.path, names: names, for: [picture])[0]
    }

    private func json(_ text: String, _ format: AnnotationFormat) throws -> AnnotatedPicture? {
        try folder.write(Array(text.utf8), to: "a.json")
        return try AnnotationImport.read(format, from: folder.path, names: nil, for: [picture])[0]
    }

    private func problem(_ body: () throws -> AnnotatedPicture?) throws -> String {
        do {
            _ = try body()
            return ""
        } catch let error as AnnotationError {
            return error.description
        }
    }

    @Test func yoloBoxesAndPolygonsArePartsOfThePicture() throws {
        let objects = try #require(
            try yolo("1 0.5 0.5 0.25 0.5\r\n\n0 0.1 0.2 0.3 0.2 0.3 0.6 0.1 0.6\n")
        ).objects
        #expect(objects.map(\.name) == ["long bolt", "nut"])
        #expect(objects[0].shape == .box(PixelBox(x: 75, y: 25, width: 50, height: 50)))
        #expect(objects[1].box == PixelBox(x: 20, y: 20, width: 40, height: 40))
    }

    @Test(arguments: [
        "names: [nut, 'long bolt']\n", "path: x\nnames:\n  0: nut\n  1: \"long bolt\"\nnc: 2\n",
        "names:\n- nut\n- long bolt\n", "nut\nlong bolt",
    ])
    func yoloNamesComeInSeveralForms(names: String) throws {
        #expect(try #require(try yolo("1 0.5 0.5 0.2 0.2", names: names)).objects[0].name == "long bolt")
    }

    @Test(arguments: [
        ("2 0.5 0.5 0.2 0.2", "line 1 has the class 2, but there are the classes 0 to 1"),
        ("0 0.5 0.5\n", "neither a box"), ("0 0.5 0.5 0.2 0.2 0.2\n", "neither a box"),
        ("0 nan 0.5 0.2 0.2", "no part of the picture"), ("0 inf 0.5 0.2 0.2", "no part of the picture"),
        ("0 5 0.5 0.2 0.2", "does not lie in the picture"), ("x 0.5 0.5 0.2 0.2", "has the class x"),
        ("0 0.5 0.5 0 0", "empty box"),
    ])
    func brokenYoloIsRefusedWithItsLine(text: String, told: String) throws {
        let problem = try problem { try yolo(text) }
        #expect(problem.contains(told) && problem.contains("a.txt: line 1"), "\(problem)")
    }

    @Test func yoloNeedsNames() throws {
        #expect(
            try problem { try AnnotationImport.read(.yolo, from: "x", names: nil, for: [picture])[0] }.contains(
                "--names"))
        #expect(try problem { try yolo("0 0.5 0.5 0.2 0.2", names: "\n") }.contains("does not name"))
    }

    @Test func labelMeShapesAreRead() throws {
        let mask = Image(width: 4, height: 3, pixels: [UInt8](repeating: 255, count: 36))
        let text = """
            {"version": "5.4.1", "imagePath": "../../etc/passwd", "imageData": null, "imageWidth": 200, "imageHeight": 100,
             "shapes": [
              {"label": "nut", "points": [[10, 10], [30, 10], [30, 20], [10, 20]], "shape_type": "polygon", "flags": {}},
              {"label": "nut", "points": [[60, 50], [40, 30]], "shape_type": "rectangle"},
              {"label": " disc ", "points": [[100, 50], [100, 70]], "shape_type": "circle"},
              {"label": "spot", "points": [[5, 6], [8, 8]], "shape_type": "mask",
               "mask": "\(Data(try mask.png()).base64EncodedString())"}]}
            """
        let objects = try #require(try json(text, .labelme)).objects
        #expect(objects.map(\.name) == ["nut", "nut", "disc", "spot"])
        #expect(objects[0].box == PixelBox(x: 10, y: 10, width: 20, height: 10))
        #expect(objects[1].shape == .box(PixelBox(x: 40, y: 30, width: 20, height: 20)))
        guard case .mask(let disc) = objects[2].shape else {
            Issue.record("a circle has pixels")
            return
        }
        #expect(abs(Double(disc.area) - .pi * 400) < 12)
        #expect(objects[3].box == PixelBox(x: 5, y: 6, width: 4, height: 3))
    }

    @Test(arguments: [
        ("{\"shapes\": [{\"label\": \"a\", \"points\": [[1, 2], [3, 4]], \"shape_type\": \"line\"}]}", "draw polygons"),
        ("{\"shapes\": [{\"label\": \"\", \"points\": [[1, 2], [3, 4]], \"shape_type\": \"rectangle\"}]}", "class"),
        ("{\"shapes\": [{\"label\": \"a\", \"points\": [[1], [3, 4]], \"shape_type\": \"rectangle\"}]}", "two numbers"),
        (
            "{\"shapes\": [{\"label\": \"a\", \"points\": [[1, 1], [3, 4]], \"shape_type\": \"mask\", \"mask\": \"AAAA\"}]}",
            "damaged mask"
        ),
        ("{\"shapes\": [], \"imageWidth\": 199, \"imageHeight\": 100}", "another size"), ("[]", "is not LabelMe"),
    ])
    func brokenLabelMeIsRefused(text: String, told: String) throws {
        let problem = try problem { try json(text, .labelme) }
        #expect(problem.contains(told) && problem.contains("a.json"), "\(problem)")
    }

    @Test func aDeeplyNestedFileIsRefused() throws {
        let text = String(repeating: "[", count: 200_000)
        #expect(try problem { try json(text, .labelme) }.contains("is not LabelMe"))
    }

    @Test func aPictureWithoutAFileHasNoAnnotation() throws {
        #expect(try AnnotationImport.read(.labelme, from: folder.path, names: nil, for: [picture])[0] == nil)
    }

    @Test func picturesOfOneNameAreRefused() throws {
        let other = PictureToAnnotate(path: "other/a.png", size: picture.size)
        #expect(throws: AnnotationError.self) {
            try AnnotationImport.read(.labelme, from: folder.path, names: nil, for: [picture, other])
        }
    }

    @Test func theLayoutAssayIsRead() throws {
        let runs = "{\"size\": [100, 200], \"counts\": [505, 10, 19485]}"
        let text = """
            {"image": {"width": 200, "height": 100, "file": "x"}, "category": "kit",
             "objects": [{"id": 1, "class": "ball", "bbox": [5, 5, 1, 10], "area": 10, "mask": \(runs)}], "anomalies": []}
            """
        let objects = try #require(try json(text, .assay)).objects
        #expect(objects[0].name == "ball" && objects[0].box == PixelBox(x: 5, y: 5, width: 1, height: 10))
    }
}

import Annotations
import AssayTestSupport
import Foundation
import Imaging
import Testing

/// What COCO's own code writes (Tools/fixtures/coco_runs.py).
private struct CocoFixture: Decodable {
    struct Case: Decodable {
        let name: String
        let size: [Int]
        let counts: [Int]
        let compressed: String
        let area: Int
        let box: [Int]
    }

    struct Polygon: Decodable {
        let points: [[Double]]
        let size: [Int]
        let area: Int
    }

    let masks: [Case]
    let polygons: [Polygon]

    init() throws {
        let path = Repository.root + "/Tests/Fixtures/coco-runs.json"
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

struct CocoTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-coco")
    }

    private func read(
        segmentation: String, size: [Int] = [100, 120], bbox: String = "[1, 2, 3, 4]", file: String = "a.png"
    ) throws -> AnnotatedPicture? {
        let text = """
            {"images": [{"id": 4, "file_name": "\(file)", "width": \(size[1]), "height": \(size[0])}],
             "categories": [{"id": 9, "name": "long bolt"}],
             "annotations": [{"id": 1, "image_id": 4, "category_id": 9, "bbox": \(bbox), "iscrowd": 0
               \(segmentation.isEmpty ? "" : ", \"segmentation\": \(segmentation)")}]}
            """
        let path = try folder.write(Array(text.utf8), to: "coco.json")
        return try AnnotationImport.read(
            .coco, from: path, names: nil,
            for: [PictureToAnnotate(path: "shots/a.png", size: PixelSize(width: size[1], height: size[0]))])[0]
    }

    private func mask(_ picture: AnnotatedPicture?) throws -> Mask {
        let object = try #require(picture?.objects.first)
        guard case .mask(let mask) = object.shape else {
            throw AnnotationError(path: "", problem: "not a mask")
        }
        return mask
    }

    @Test func masksAreThoseOfTheReferenceCompressedAndNot() throws {
        let cases = try CocoFixture().masks
        #expect(cases.count >= 8)
        for entry in cases {
            let plain = try mask(
                read(segmentation: "{\"size\": \(entry.size), \"counts\": \(entry.counts)}", size: entry.size))
            let text = try String(decoding: JSONEncoder().encode(entry.compressed), as: UTF8.self)
            let compressed = try mask(
                read(segmentation: "{\"size\": \(entry.size), \"counts\": \(text)}", size: entry.size))
            #expect(plain == compressed, "\(entry.name)")
            #expect(plain.area == entry.area, "\(entry.name)")
            #expect([plain.box.x, plain.box.y, plain.box.width, plain.box.height] == entry.box, "\(entry.name)")
        }
    }

    @Test func polygonsCoverWhatTheReferenceCovers() throws {
        for polygon in try CocoFixture().polygons {
            let numbers = polygon.points.flatMap { $0 }
            let mask = try mask(read(segmentation: "[\(numbers)]", size: polygon.size))
            // The reference draws the rim itself too.
            let rim = mask.boundary.area
            #expect(abs(mask.area - polygon.area) <= rim, "\(mask.area) \(polygon.area)")
        }
    }

    @Test func aPolygonCoversThePixelsWhoseCentresLieInside() throws {
        let square = try mask(read(segmentation: "[[10, 10, 90, 10, 90, 60, 10, 60]]"))
        #expect(square.box == PixelBox(x: 10, y: 10, width: 80, height: 50) && square.area == 4000)
        let pieces = try mask(read(segmentation: "[[0, 0, 10, 0, 10, 10, 0, 10], [5, 5, 15, 5, 15, 15, 5, 15]]"))
        #expect(pieces.area == 175)
    }

    @Test func withoutAMaskTheBoxIsTaken() throws {
        for segmentation in ["", "[]"] {
            let picture = try #require(try read(segmentation: segmentation, bbox: "[10.4, 20.6, 30, 40]"))
            #expect(picture.objects[0].shape == .box(PixelBox(x: 10, y: 21, width: 30, height: 40)))
            #expect(picture.objects[0].name == "long bolt")
        }
    }

    @Test func picturesAreMeantByTheirNamesAndNothingIsOpenedByThem() throws {
        #expect(try read(segmentation: "", file: "../../shots/a.png") != nil)
        #expect(try read(segmentation: "", file: "/etc/passwd") == nil)
        #expect(try read(segmentation: "", file: "b.png") == nil)
    }

    @Test(arguments: [
        ("[[1, 2, 3, 4]]", "fewer than three points"),
        ("[[1, 2, 3, 4, 5]]", "not pairs of numbers"),
        ("[[1, 2, 3, 4, 1e300, 6]]", "far outside"),
        ("[[1000, 1000, 1001, 1000, 1001, 1001]]", "covers no pixel"),
        ("{\"size\": [100, 121], \"counts\": [12100]}", "another size"),
        ("{\"size\": [100, 120], \"counts\": [12000]}", "empty mask"),
        ("{\"size\": [100, 120], \"counts\": [1, 2]}", "damaged mask"),
        ("{\"size\": [100, 120], \"counts\": [-1, 12001]}", "damaged mask"),
        ("{\"size\": [100, 120], \"counts\": [9223372036854775807, 9223372036854775807]}", "damaged mask"),
        ("{\"size\": [9000000000, 9000000000], \"counts\": [1]}", "another size"),
        ("{\"size\": [100, 120], \"counts\": \"oooooooooooo\"}", "damaged compressed"),
        ("{\"size\": [100, 120], \"counts\": \"P\"}", "damaged compressed"),
        ("{\"size\": [100, 120], \"counts\": \"!\"}", "damaged compressed"),
        ("{\"size\": \"x\"}", "is not COCO's JSON"),
        ("[[1e999, 1, 2, 3, 4, 5]]", "is not COCO's JSON"),
    ])
    func hostileShapesAreRefused(segmentation: String, problem: String) throws {
        do {
            _ = try read(segmentation: segmentation)
            Issue.record("\(segmentation) was taken")
        } catch let error as AnnotationError {
            #expect(error.description.contains(problem), "\(error)")
            #expect(error.path.hasSuffix("coco.json"))
        }
    }

    @Test(arguments: [
        ("[1000, 10, 5, 5]", "does not lie in the picture"), ("[10, 10, 0, 5]", "empty box"),
        ("[10, 10, -5, 5]", "empty box"), ("[1, 2, 3]", "neither mask nor box"),
        ("[-1e18, 0, 1e18, 5]", "does not lie in the picture"),
    ])
    func hostileBoxesAreRefused(bbox: String, problem: String) throws {
        do {
            _ = try read(segmentation: "", bbox: bbox)
            Issue.record("\(bbox) was taken")
        } catch let error as AnnotationError {
            #expect(error.description.contains(problem), "\(error)")
        }
    }

    @Test func aTruncatedFileIsRefusedAtEveryLength() throws {
        let text = """
            {"images": [{"id": 1, "file_name": "a.png", "width": 8, "height": 8}], "categories": [{"id": 1, "name": "x"}], \
            "annotations": [{"image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2]}]}
            """
        let bytes = Array(text.utf8)
        for length in stride(from: 0, to: bytes.count, by: 3) {
            let path = try folder.write(bytes.prefix(length), to: "cut.json")
            #expect(throws: AnnotationError.self) {
                try AnnotationImport.read(
                    .coco, from: path, names: nil,
                    for: [PictureToAnnotate(path: "a.png", size: PixelSize(width: 8, height: 8))])
            }
        }
    }
}

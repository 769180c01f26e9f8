internal import Foundation
internal import Imaging

/// COCO's instances as JSON: boxes, polygons, and masks in run lengths, compressed or not.
enum CocoReader {
    private struct Content: Decodable {
        struct Picture: Decodable {
            let id: Int
            let file: String
            let width: Int
            let height: Int

            enum CodingKeys: String, CodingKey {
                case id, width, height
                case file = "file_name"
            }
        }

        struct Category: Decodable {
            let id: Int
            let name: String
        }

        struct Annotation: Decodable {
            let picture: Int
            let category: Int
            let bbox: [Double]?
            let segmentation: Segmentation?

            enum CodingKeys: String, CodingKey {
                case bbox, segmentation
                case picture = "image_id"
                case category = "category_id"
            }
        }

        let images: [Picture]
        let annotations: [Annotation]
        let categories: [Category]
    }

    private enum Segmentation: Decodable {
        case polygons([[Double]])
        case runs(RunLengthMask)
        case compressed(size: [Int], counts: String)

        private enum CodingKeys: String, CodingKey {
            case size, counts
        }

        init(from decoder: any Decoder) throws {
            if let polygons = try decoder.singleValueContainer().decodeIfPolygons() {
                self = .polygons(polygons)
                return
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let size = try container.decode([Int].self, forKey: .size)
            do {
                self = .compressed(size: size, counts: try container.decode(String.self, forKey: .counts))
            } catch DecodingError.typeMismatch {
                self = .runs(RunLengthMask(size: size, counts: try container.decode([Int].self, forKey: .counts)))
            }
        }
    }

    static func read(
        _ path: String, for pictures: [PictureToAnnotate]
    ) throws(AnnotationError) -> [AnnotatedPicture?] {
        let content = try AnnotationSource.decode(Content.self, from: path, meant: "COCO's JSON of instances")
        func refuse(_ problem: String) -> AnnotationError { AnnotationError(path: path, problem: problem) }
        guard content.images.count <= AnnotationLimits.pictures, content.categories.count <= AnnotationLimits.classes,
            content.annotations.count <= AnnotationLimits.objects
        else { throw refuse("holds more pictures, classes or annotations than are read; export fewer") }
        var names: [Int: String] = [:]
        for category in content.categories where names.updateValue(category.name, forKey: category.id) != nil {
            throw refuse("has the category \(category.id) twice")
        }
        let ids = Set(content.images.map(\.id))
        guard ids.count == content.images.count else { throw refuse("has one image id twice") }
        var ofPicture: [Int: [(index: Int, annotation: Content.Annotation)]] = [:]
        for (index, annotation) in content.annotations.enumerated() {
            guard ids.contains(annotation.picture) else {
                throw refuse("annotation \(index + 1) is of image \(annotation.picture), which is not listed")
            }
            ofPicture[annotation.picture, default: []].append((index, annotation))
        }
        var result: [AnnotatedPicture?] = []
        for picture in pictures {
            let fitting = content.images.filter { picture.isMeant(by: $0.file) }
            let best = fitting.map { picture.agreement(with: $0.file) }.max() ?? 0
            let meant = fitting.filter { picture.agreement(with: $0.file) == best }
            guard let image = meant.first else {
                result.append(nil)
                continue
            }
            guard meant.count == 1 else { throw refuse("several images may be \(picture.path); rename them") }
            guard image.width == picture.size.width, image.height == picture.size.height else {
                throw refuse(
                    "\(image.file) is \(image.width)×\(image.height) there, but \(picture.path) is "
                        + "\(picture.size.width)×\(picture.size.height)")
            }
            let annotations = ofPicture[image.id] ?? []
            guard annotations.count <= AnnotationLimits.objectsOfPicture else {
                throw refuse("\(picture.name) has more than \(AnnotationLimits.objectsOfPicture) objects")
            }
            var objects: [AnnotatedObject] = []
            for (index, annotation) in annotations {
                let reader = ShapeReader(path: path, subject: "annotation \(index + 1)", size: picture.size)
                guard let name = names[annotation.category] else {
                    throw reader.refuse("is of category \(annotation.category), which is not listed")
                }
                objects.append(
                    AnnotatedObject(name: try reader.name(name), shape: try shape(of: annotation, with: reader)))
            }
            result.append(AnnotatedPicture(file: picture.name, size: picture.size, objects: objects))
        }
        return result
    }

    private static func shape(
        of annotation: Content.Annotation, with reader: ShapeReader
    ) throws(AnnotationError) -> AnnotatedObject.Shape {
        switch annotation.segmentation {
        case .polygons(let polygons) where !polygons.isEmpty:
            var rings: [[PixelPoint]] = []
            for numbers in polygons {
                guard numbers.count.isMultiple(of: 2), numbers.allSatisfy(\.isFinite) else {
                    throw reader.refuse("has a polygon that is not pairs of numbers")
                }
                rings.append(
                    stride(from: 0, to: numbers.count, by: 2).map { PixelPoint(x: numbers[$0], y: numbers[$0 + 1]) })
            }
            return try reader.union(of: rings)
        case .runs(let runs): return try reader.mask(runs)
        case .compressed(let size, let text):
            guard let counts = CompressedRuns.counts(from: text, pixelCount: reader.size.pixelCount) else {
                throw reader.refuse("has damaged compressed run lengths")
            }
            return try reader.mask(RunLengthMask(size: size, counts: counts))
        default:
            guard let box = annotation.bbox, box.count == 4 else { throw reader.refuse("has neither mask nor box") }
            return try reader.box(left: box[0], top: box[1], right: box[0] + box[2], bottom: box[1] + box[3])
        }
    }
}

extension SingleValueDecodingContainer {
    /// Lists of numbers; nil for anything that is no list.
    fileprivate func decodeIfPolygons() throws -> [[Double]]? {
        do {
            return try decode([[Double]].self)
        } catch DecodingError.typeMismatch(_, let context) where context.codingPath.count == codingPath.count {
            return nil
        }
    }
}

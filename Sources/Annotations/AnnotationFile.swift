package import Imaging
internal import Foundation

/// `annotations.json`: what people marked in some pictures, in one plain form whatever it was drawn with.
package struct AnnotationFile: Equatable, Sendable {
    package static let fileName = "annotations.json"
    package static let schema = "assay.annotations/1"

    package let pictures: [AnnotatedPicture]

    package init(pictures: [AnnotatedPicture]) {
        self.pictures = pictures
    }

    /// The classes in the order of their names.
    package var classes: [String] { Set(pictures.flatMap { $0.objects.map(\.name) }).sorted() }

    private struct Content: Codable {
        struct Object: Codable {
            var name: String
            var box: [Int]?
            var mask: RunLengthMask?

            enum CodingKeys: String, CodingKey {
                case name = "class"
                case box, mask
            }
        }

        struct Picture: Codable {
            var file: String
            var width: Int
            var height: Int
            var objects: [Object]
        }

        var schema: String
        var pictures: [Picture]
    }

    /// Reads a file that `assayctl annotate` wrote, or a person by hand; everything in it is checked.
    package init(contentsOf path: String) throws(AnnotationError) {
        let content = try AnnotationSource.decode(Content.self, from: path, meant: "a file of annotations")
        func refuse(_ problem: String) -> AnnotationError { AnnotationError(path: path, problem: problem) }
        guard content.schema == Self.schema else {
            throw refuse("has another schema than \(Self.schema); import the annotations with assayctl annotate")
        }
        guard content.pictures.count <= AnnotationLimits.pictures else { throw refuse("holds too many pictures") }
        var pictures: [AnnotatedPicture] = []
        var seen: Set<String> = []
        for picture in content.pictures {
            guard !picture.file.isEmpty, picture.file.utf8.count <= 1024, seen.insert(picture.file).inserted else {
                throw refuse("has a picture without a name, or one twice")
            }
            let size: PixelSize
            do {
                size = try PixelSize(width: picture.width, height: picture.height).checked()
            } catch {
                throw refuse("\(picture.file): \(error)")
            }
            guard picture.objects.count <= AnnotationLimits.objectsOfPicture else {
                throw refuse("\(picture.file): has more than \(AnnotationLimits.objectsOfPicture) objects")
            }
            var objects: [AnnotatedObject] = []
            for (index, object) in picture.objects.enumerated() {
                let reader = ShapeReader(path: path, subject: "\(picture.file): object \(index + 1)", size: size)
                let shape: AnnotatedObject.Shape
                switch (object.mask, object.box) {
                case (let mask?, nil): shape = try reader.mask(mask)
                case (nil, let box?):
                    guard box.count == 4, box.allSatisfy({ (0...PixelSize.longestSide).contains($0) }) else {
                        throw reader.refuse("has a box that is not x, y, width, height")
                    }
                    shape = try reader.box(
                        left: Double(box[0]), top: Double(box[1]), right: Double(box[0] + box[2]),
                        bottom: Double(box[1] + box[3]))
                default: throw reader.refuse("has neither a box nor a mask, or both")
                }
                objects.append(AnnotatedObject(name: try reader.name(object.name), shape: shape))
            }
            pictures.append(AnnotatedPicture(file: picture.file, size: size, objects: objects))
        }
        self.pictures = pictures
        guard classes.count <= AnnotationLimits.classes else { throw refuse("has too many classes") }
    }

    package var fileContent: [UInt8] {
        let content = Content(
            schema: Self.schema,
            pictures: pictures.map { picture in
                Content.Picture(
                    file: picture.file, width: picture.size.width, height: picture.size.height,
                    objects: picture.objects.map { object in
                        switch object.shape {
                        case .box(let box):
                            Content.Object(name: object.name, box: [box.x, box.y, box.width, box.height], mask: nil)
                        case .mask(let mask):
                            Content.Object(name: object.name, box: nil, mask: RunLengthMask(mask))
                        }
                    })
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(content)) + [0x0A]
        } catch {
            preconditionFailure("texts and whole numbers are always JSON: \(error)")
        }
    }

    /// What is said of a picture that came from a path; nil where nothing is.
    ///
    /// Errors: several entries fit alike; the picture has another size than the one that was annotated.
    package func annotation(of path: String, size: PixelSize, file: String) throws(AnnotationError) -> AnnotatedPicture?
    {
        let wanted = PictureToAnnotate(path: path, size: size)
        var fitting = pictures.filter { wanted.isMeant(by: $0.file) || wanted.isOfSet(with: $0.file) }
        let best = fitting.map { wanted.agreement(with: $0.file) }.max() ?? 0
        fitting = fitting.filter { wanted.agreement(with: $0.file) == best }
        guard let annotation = fitting.first else { return nil }
        guard fitting.count == 1 else {
            throw AnnotationError(
                path: file,
                problem: "\(fitting[0].file) and \(fitting[1].file) may both be \(path); give them other names")
        }
        guard annotation.size == size else {
            throw AnnotationError(
                path: file,
                problem: """
                    \(annotation.file) was annotated at \(annotation.size.width)×\(annotation.size.height), but \(path) is \
                    \(size.width)×\(size.height); annotate the picture as it is enrolled
                    """)
        }
        return annotation
    }
}

extension PictureToAnnotate {
    /// The picture lies in a set, where a number stands before its name.
    fileprivate func isOfSet(with file: String) -> Bool {
        guard let asked = file.split(separator: "/").last, name.utf8.count == asked.utf8.count + 4 else { return false }
        return name.hasSuffix("-" + asked) && name.prefix(3).allSatisfy { $0.isASCII && $0.isNumber }
    }
}

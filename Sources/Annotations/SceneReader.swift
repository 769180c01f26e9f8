internal import Imaging

/// The annotations of the data-set layout `assay`, one JSON file a picture.
enum SceneReader {
    private struct Content: Decodable {
        struct Picture: Decodable {
            let width: Int
            let height: Int
        }

        struct Object: Decodable {
            let name: String
            let mask: RunLengthMask

            enum CodingKeys: String, CodingKey {
                case name = "class"
                case mask
            }
        }

        let image: Picture
        let objects: [Object]
    }

    static func read(_ picture: PictureToAnnotate, in folder: String) throws(AnnotationError) -> AnnotatedPicture? {
        let path = folder + "/" + picture.stem + ".json"
        guard AnnotationSource.exists(path) else { return nil }
        let content = try AnnotationSource.decode(Content.self, from: path, meant: "an annotation of the layout assay")
        guard content.image.width == picture.size.width, content.image.height == picture.size.height else {
            throw AnnotationError(
                path: path,
                problem: "is of a picture of another size than \(picture.size.width)×\(picture.size.height)")
        }
        guard content.objects.count <= AnnotationLimits.objectsOfPicture else {
            throw AnnotationError(
                path: path, problem: "has more than \(AnnotationLimits.objectsOfPicture) objects")
        }
        var objects: [AnnotatedObject] = []
        for (index, object) in content.objects.enumerated() {
            let reader = ShapeReader(path: path, subject: "object \(index + 1)", size: picture.size)
            objects.append(
                AnnotatedObject(name: try reader.name(object.name), shape: try reader.mask(object.mask)))
        }
        return AnnotatedPicture(file: picture.name, size: picture.size, objects: objects)
    }
}

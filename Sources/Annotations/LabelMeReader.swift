internal import Foundation
internal import Imaging

/// LabelMe's JSON files, one a picture: polygons, rectangles, circles and masks.
enum LabelMeReader {
    private struct Content: Decodable {
        struct Shape: Decodable {
            let label: String
            let points: [[Double]]
            let type: String?
            let mask: String?

            enum CodingKeys: String, CodingKey {
                case label, points, mask
                case type = "shape_type"
            }
        }

        let shapes: [Shape]
        let imageWidth: Int?
        let imageHeight: Int?
    }

    static func read(_ picture: PictureToAnnotate, in folder: String) throws(AnnotationError) -> AnnotatedPicture? {
        let path = folder + "/" + picture.stem + ".json"
        guard AnnotationSource.exists(path) else { return nil }
        let content = try AnnotationSource.decode(Content.self, from: path, meant: "LabelMe's JSON")
        guard content.imageWidth ?? picture.size.width == picture.size.width,
            content.imageHeight ?? picture.size.height == picture.size.height
        else {
            throw AnnotationError(
                path: path,
                problem: "is of a picture of another size than \(picture.size.width)×\(picture.size.height)")
        }
        guard content.shapes.count <= AnnotationLimits.objectsOfPicture else {
            throw AnnotationError(
                path: path, problem: "has more than \(AnnotationLimits.objectsOfPicture) objects")
        }
        var objects: [AnnotatedObject] = []
        for (index, shape) in content.shapes.enumerated() {
            let reader = ShapeReader(path: path, subject: "shape \(index + 1)", size: picture.size)
            objects.append(
                AnnotatedObject(name: try reader.name(shape.label), shape: try self.shape(shape, with: reader)))
        }
        return AnnotatedPicture(file: picture.name, size: picture.size, objects: objects)
    }

    private static func shape(
        _ shape: Content.Shape, with reader: ShapeReader
    ) throws(AnnotationError) -> AnnotatedObject.Shape {
        var points: [PixelPoint] = []
        for point in shape.points {
            guard point.count == 2, point.allSatisfy({ $0.isFinite }) else {
                throw reader.refuse("has a point that is not two numbers")
            }
            points.append(PixelPoint(x: point[0], y: point[1]))
        }
        switch (shape.type ?? "polygon", points.count) {
        case ("polygon", _): return try reader.polygon([points])
        case ("rectangle", 2):
            return try reader.box(
                left: min(points[0].x, points[1].x), top: min(points[0].y, points[1].y),
                right: max(points[0].x, points[1].x), bottom: max(points[0].y, points[1].y))
        case ("circle", 2): return try circle(centre: points[0], rim: points[1], with: reader)
        case ("mask", 2): return try mask(shape.mask ?? "", from: points[0], to: points[1], with: reader)
        case (let type, _):
            throw reader.refuse(
                "is a \(type.prefix(20)) of \(points.count) points; draw polygons, rectangles, circles or masks")
        }
    }

    private static func circle(
        centre: PixelPoint, rim: PixelPoint, with reader: ShapeReader
    ) throws(AnnotationError) -> AnnotatedObject.Shape {
        let square = (rim.x - centre.x) * (rim.x - centre.x) + (rim.y - centre.y) * (rim.y - centre.y)
        // 64 corners on a circle of the same area.
        let radius = square.squareRoot() * 1.0008
        let corners = (0..<64).map { step in
            PixelPoint(
                x: centre.x + radius * cos(Double(step) * .pi / 32), y: centre.y + radius * sin(Double(step) * .pi / 32)
            )
        }
        return try reader.polygon([corners])
    }

    /// A PNG of the box between two pixels, both included.
    private static func mask(
        _ text: String, from first: PixelPoint, to last: PixelPoint, with reader: ShapeReader
    ) throws(AnnotationError) -> AnnotatedObject.Shape {
        let limit = Double(PixelSize.longestSide)
        guard let data = Data(base64Encoded: text), first.x >= 0, first.y >= 0, last.x <= limit, last.y <= limit else {
            throw reader.refuse("has a damaged mask")
        }
        let image: Image
        do {
            image = try Image(decodingFile: [UInt8](data))
        } catch {
            throw reader.refuse("has a damaged mask: \(error)")
        }
        let box = PixelBox(x: Int(first.x), y: Int(first.y), width: image.width, height: image.height)
        guard box.maxX <= reader.size.width, box.maxY <= reader.size.height else {
            throw reader.refuse("has a mask that reaches out of the picture")
        }
        let bits = (0..<box.area).map { image.pixels[3 * $0] != 0 ? UInt8(1) : 0 }
        let mask = Mask(grid: reader.size, box: box, bits: bits).tightened
        guard mask.area > 0 else { throw reader.refuse("has an empty mask") }
        return .mask(mask)
    }
}

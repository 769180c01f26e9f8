internal import Imaging

/// Turns what others wrote of one object into a checked shape.
struct ShapeReader {
    let path: String

    /// The object, for messages: "annotation 7".
    let subject: String
    let size: PixelSize

    func refuse(_ problem: String) -> AnnotationError { AnnotationError(path: path, problem: "\(subject) \(problem)") }

    /// A box given by its edges in pixels; what reaches out of the picture by rounding is cut off.
    func box(left: Double, top: Double, right: Double, bottom: Double) throws(AnnotationError) -> AnnotatedObject.Shape
    {
        let numbers = [left, top, right, bottom]
        let slack = 2.0 + 0.01 * Double(max(size.width, size.height))
        guard numbers.allSatisfy(\.isFinite), left >= -slack, top >= -slack, right <= Double(size.width) + slack,
            bottom <= Double(size.height) + slack
        else {
            throw refuse("has a box that does not lie in the picture of \(size.width)×\(size.height)")
        }
        let x = Int(max(0, left).rounded())
        let y = Int(max(0, top).rounded())
        let maxX = min(size.width, Int(max(0, right).rounded()))
        let maxY = min(size.height, Int(max(0, bottom).rounded()))
        guard maxX > x, maxY > y else { throw refuse("has an empty box") }
        return .box(PixelBox(x: x, y: y, width: maxX - x, height: maxY - y))
    }

    /// Rings of points in pixels.
    func polygon(_ rings: [[PixelPoint]]) throws(AnnotationError) -> AnnotatedObject.Shape {
        guard rings.reduce(0, { $0 + $1.count }) <= AnnotationLimits.pointsOfObject else {
            throw refuse("has more than \(AnnotationLimits.pointsOfObject) points")
        }
        let limit = 2 * Double(PixelSize.longestSide)
        for ring in rings {
            guard ring.count >= 3 else { throw refuse("has a polygon of fewer than three points") }
            guard ring.allSatisfy({ abs($0.x) <= limit && abs($0.y) <= limit }) else {
                throw refuse("has a point far outside the picture")
            }
        }
        guard let mask = PolygonMask.mask(of: rings, on: size) else {
            throw refuse("has a polygon that covers no pixel of the picture")
        }
        return .mask(mask)
    }

    func mask(_ runs: RunLengthMask) throws(AnnotationError) -> AnnotatedObject.Shape {
        guard runs.size == [size.height, size.width] else {
            throw refuse(
                "has a mask of another size than the picture's height and width, \(size.height), \(size.width)")
        }
        let mask: Mask
        do {
            mask = try Mask(runLength: runs)
        } catch {
            throw refuse("has a damaged mask: \(error)")
        }
        guard mask.area > 0 else { throw refuse("has an empty mask") }
        return .mask(mask)
    }

    func name(_ name: String) throws(AnnotationError) -> String {
        let plain = String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        if let problem = AnnotationLimits.problem(withName: plain) { throw refuse("has no usable class: \(problem)") }
        return plain
    }
}

extension ShapeReader {
    /// Pieces of one object, each a polygon: they are joined, as COCO means them.
    func union(of rings: [[PixelPoint]]) throws(AnnotationError) -> AnnotatedObject.Shape {
        var whole: Mask?
        for ring in rings {
            guard case .mask(let mask) = try polygon([ring]) else { continue }
            whole = whole?.union(mask) ?? mask
        }
        guard let whole else { throw refuse("has no polygon") }
        return .mask(whole)
    }
}

internal import Foundation
internal import Imaging

/// What one image of the layout `assay` shows: its objects and what is wrong with them.
struct SceneAnnotation: Decodable {
    private struct Object: Decodable {
        let id: Int
        let `class`: String
        let bbox: [Int]
        let area: Double
        let mask: RunLengthMask?
    }

    /// Things from this number on are marks of defects, not objects.
    private static let firstDecal = 1000

    private struct Defect: Decodable {
        let kind: String
        let `class`: String?
        let bbox: [Int]?
        let instances: [Int]?
        let area: Double
    }

    let subtype: String?
    private let objects: [Object]?
    private let anomalies: [Defect]?

    init(reading path: String) throws(EvaluationError) {
        let content = try Folder.content(of: path)
        do {
            self = try JSONDecoder().decode(SceneAnnotation.self, from: content)
        } catch {
            throw .damaged(path: path, problem: "it is not an annotation of a scene")
        }
    }

    /// The mean visible area of the objects of each class in some images, in pixels; empty without annotations.
    static func meanAreas(in folder: Folder) throws(EvaluationError) -> [String: Double] {
        guard folder.exists else { return [:] }
        var areas: [String: [Double]] = [:]
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        } catch {
            throw .missing(path: folder.path, expected: "annotations should be readable")
        }
        for name in names {
            for object in try SceneAnnotation(reading: folder.file(name)).objects ?? [] {
                areas[object.class, default: []].append(object.area)
            }
        }
        return areas.mapValues { $0.reduce(0, +) / Double($0.count) }
    }

    /// The objects that can be seen, marks of defects left out.
    func trueObjects(path: String) throws(EvaluationError) -> [TrueObject] {
        var result: [TrueObject] = []
        for object in objects ?? [] where object.id < Self.firstDecal {
            guard let runs = object.mask else {
                throw .damaged(path: path, problem: "object \(object.id) has no mask")
            }
            let mask: Mask
            do {
                mask = try Mask(runLength: runs)
            } catch {
                throw .damaged(path: path, problem: "the mask of object \(object.id): \(error)")
            }
            guard mask.grid == result.first?.mask.grid ?? mask.grid else {
                throw .damaged(path: path, problem: "the masks are of different sizes")
            }
            if mask.area > 0 { result.append(TrueObject(name: object.class, mask: mask)) }
        }
        return result
    }

    func anomalies(path: String) throws(EvaluationError) -> [Anomaly] {
        var result: [Anomaly] = []
        for defect in anomalies ?? [] {
            guard let kind = Anomaly.Kind(rawValue: defect.kind) else {
                throw .damaged(path: path, problem: "an anomaly's kind is \(defect.kind), which is none of ours")
            }
            result.append(Anomaly(kind: kind, place: try place(of: defect, path: path)))
        }
        return result
    }

    private func place(of defect: Defect, path: String) throws(EvaluationError) -> Anomaly.Place {
        guard let bbox = defect.bbox else { return defect.area > 0 ? .insideMask : .nowhere }
        var boxes = [try Self.box(bbox, path: path)]
        // Where several could be the wrong one, any of them is right.
        let instances = defect.instances ?? []
        if instances.count > 1 {
            for object in objects ?? [] where instances.contains(object.id) {
                boxes.append(try Self.box(object.bbox, path: path))
            }
        }
        return .boxes(boxes)
    }

    /// How many pixels of the merged mask are enough: a part's own area where its place, or which of several is the
    /// wrong one, is open. Nil if the image has no anomaly with an area.
    func saturation(areas: [String: Double]) -> Double? {
        var sum = 0.0
        for defect in anomalies ?? [] where defect.area > 0 {
            let instances = defect.instances ?? []
            if defect.kind == Anomaly.Kind.missing.rawValue, let area = defect.class.flatMap({ areas[$0] }) {
                sum += min(area, defect.area)
            } else if instances.count > 1, defect.kind != Anomaly.Kind.swapped.rawValue,
                let area = (objects ?? []).filter({ instances.contains($0.id) }).map(\.area).min()
            {
                sum += min(area, defect.area)
            } else {
                sum += defect.area
            }
        }
        return sum > 0 ? sum : nil
    }

    private static func box(_ numbers: [Int], path: String) throws(EvaluationError) -> PixelBox {
        guard numbers.count == 4, numbers.allSatisfy({ (0...65_536).contains($0) }) else {
            throw .damaged(path: path, problem: "a box is not four numbers x, y, width, height")
        }
        return PixelBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
}

import Assessment
import Composition
import Enrolment
import Foundation
import Imaging
import Inference
import InferenceRuntime
import Regions

/// Some good pictures of one product, and which of their regions are objects.
struct Product {
    let name: String
    let scenes: [Scene]
    let candidates: [[ComparableObject]]
    let centre: [Float]
    let compared: ComparedScenes
    let overlaps: [RegionOverlaps]
    let objectCounts: [Int]

    /// For each picture and region whether no other region fits the same object better.
    let isObject: [[Bool]]

    private struct Annotation: Decodable {
        struct Object: Decodable { let mask: RunLengthMask }
        let objects: [Object]
    }

    /// An object that no region covers so well can not be selected.
    static let leastOverlap: Float = 0.5

    init(folder: String, name: String, pictures: Int, model: BundleModel) throws {
        var scenes: [Scene] = []
        var overlaps: [RegionOverlaps] = []
        var counts: [Int] = []
        let images = "\(folder)/\(name)/train/good"
        for file in try FileManager.default.contentsOfDirectory(atPath: images).sorted().prefix(pictures) {
            let image = try Image(contentsOf: "\(images)/\(file)")
            let scene = Scene(image: image, perception: try model.perceive(image))
            let stem = file.split(separator: ".")[0]
            let data = try Data(
                contentsOf: URL(filePath: "\(folder)/\(name)/annotations/train/good/\(stem).json"))
            let masks = try JSONDecoder().decode(Annotation.self, from: data).objects.map {
                try Mask(runLength: $0.mask).scaled(to: scene.hierarchy.size)
            }
            scenes.append(scene)
            overlaps.append(RegionOverlaps(of: scene, with: masks))
            counts.append(masks.count)
        }
        let centre = scenes.map(\.meanFeature).reduce([Float](repeating: 0, count: scenes[0].meanFeature.count)) {
            zip($0, $1).map { $0 + $1 / Float(scenes.count) }
        }
        let candidates = scenes.map { scene in scene.candidates.map { ComparableObject($0, centre: centre) } }
        self.name = name
        self.scenes = scenes
        self.candidates = candidates
        self.centre = centre
        self.overlaps = overlaps
        objectCounts = counts
        compared = ComparedScenes(
            scenes, candidates: candidates, settled: scenes.map { _ in nil }, centre: centre)
        isObject = overlaps.map { overlap in
            var fittest: [Int: Int] = [:]
            for (region, best) in overlap.best.enumerated() {
                guard let object = best.object, best.iou >= Self.leastOverlap else { continue }
                if let other = fittest[object], overlap.best[other].iou >= best.iou { continue }
                fittest[object] = region
            }
            let regions = Set(fittest.values)
            return overlap.best.indices.map { regions.contains($0) }
        }
    }

    /// The segmenter sees most of its objects, and no picture is full of crumbs.
    var isUsable: Bool {
        guard scenes.allSatisfy({ (1...400).contains($0.hierarchy.nodes.count) }) else { return false }
        let shares = zip(isObject, objectCounts).map { Double($0.count { $0 }) / Double(max(1, $1)) }
        return shares.reduce(0, +) >= 0.7 * Double(shares.count)
    }
}

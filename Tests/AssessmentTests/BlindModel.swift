import AssayTestSupport
import Imaging
import Inference

/// Sees no object at one place; its features are as ever.
struct BlindModel: PerceptionModel {
    let identity = DrawnModel().identity
    let place: PixelBox

    func perceive(_ image: Image) throws(InferenceError) -> Perception {
        let seen = try DrawnModel().perceive(image)
        let size = seen.parts.size
        let box = place.scaled(from: image.size, to: size)
        var object = seen.parts.object
        var distance = seen.parts.distance
        for y in max(0, box.y - 1)..<min(size.height, box.maxY + 1) {
            for x in max(0, box.x - 1)..<min(size.width, box.maxX + 1) {
                object[y * size.width + x] = 0
                distance[y * size.width + x] = 0
            }
        }
        return Perception(
            features: seen.features,
            parts: PartMaps(size: size, object: object, boundary: seen.parts.boundary, distance: distance),
            featureTime: .zero, objectTime: .zero)
    }
}

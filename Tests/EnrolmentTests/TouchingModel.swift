import AssayTestSupport
import Imaging
import Inference

/// Perceives drawn scenes as `DrawnModel` does, with a border where two colours meet, the stronger the more they differ.
struct TouchingModel: PerceptionModel {
    private let plain = DrawnModel(longSide: 240)
    var identity: ModelIdentity { plain.identity }

    func perceive(_ image: Image) throws(InferenceError) -> Perception {
        let perception = try plain.perceive(image)
        let maps = perception.parts
        let picture = image.resized(to: maps.size)
        var boundary = maps.boundary
        for y in 0..<maps.size.height {
            for x in 1..<maps.size.width {
                let index = y * maps.size.width + x
                let change = (0..<3).map { channel in
                    abs(Int(picture.pixels[3 * index + channel]) - Int(picture.pixels[3 * (index - 1) + channel]))
                }
                guard maps.object[index] > 0, maps.object[index - 1] > 0, change.reduce(0, +) > 80 else { continue }
                let strength = min(0.95, 0.55 + Float(change.reduce(0, +)) / 1000)
                boundary[index] = max(boundary[index], strength)
                boundary[index - 1] = max(boundary[index - 1], strength)
            }
        }
        return Perception(
            features: perception.features,
            parts: PartMaps(
                size: maps.size, object: maps.object, boundary: boundary, distance: maps.distance),
            featureTime: .zero, objectTime: .zero)
    }
}

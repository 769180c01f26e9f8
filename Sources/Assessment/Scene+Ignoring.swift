package import Imaging
package import Inference

extension Scene {
    /// Has a model look at an image but for some places: they are painted over before, and no object lies in them.
    ///
    /// - Parameter places: in pixels of the image.
    package init(
        perceiving image: Image, but places: [PixelBox], with model: any PerceptionModel
    ) throws(InferenceError) {
        let shown = places.isEmpty ? image : image.painted(over: places)
        self.init(image: shown, perception: try model.perceive(shown).without(places, of: image.size))
    }
}

extension Perception {
    /// The same without any object in some places of the image.
    package func without(_ places: [PixelBox], of size: PixelSize) -> Perception {
        guard !places.isEmpty else { return self }
        var object = parts.object
        for place in places {
            let box = place.scaled(from: size, to: parts.size).clamped(to: parts.size)
            for y in box.y..<max(box.y, box.maxY) {
                for x in box.x..<max(box.x, box.maxX) { object[y * parts.size.width + x] = 0 }
            }
        }
        return Perception(
            features: features,
            parts: PartMaps(size: parts.size, object: object, boundary: parts.boundary, distance: parts.distance),
            featureTime: featureTime, objectTime: objectTime)
    }
}

internal import Composition
internal import Imaging
internal import Regions

extension Scene {
    /// The objects that the hierarchy alone shows, with no support image to say which of its nodes are whole; the most
    /// confident first.
    package func unadaptedObjects() -> [SeenObject] {
        let quality = candidates.map { ObjectSelection.quality(objectness: $0.objectness, likeness: 1) }
        return ObjectSelection.choose(from: hierarchy, quality: quality)
            .map { SeenObject(mask: hierarchy.mask(of: $0), confidence: min(1, quality[$0])) }
            .sorted { $0.confidence > $1.confidence }
    }
}

internal import Assessment
internal import Composition
internal import Imaging
internal import RealModule
internal import SupportSets

/// Cuts an object as another one was cut: the pieces are laid over it, turned and scaled as the object is.
struct SplitTransfer {
    private let pieces: [Mask]
    private let looks: [ComparableObject]
    private let whole: DetectedObject?
    private let centre: [Float]

    init(from scene: Scene, pieces: [Mask], centre: [Float]) {
        self.pieces = pieces
        self.centre = centre
        let union = pieces.dropFirst().reduce(pieces[0]) { $0.union($1) }
        whole = scene.object(of: union)
        looks = pieces.compactMap { scene.object(of: $0) }.map { ComparableObject($0.descriptor, centre: centre) }
    }

    /// Round things have no direction to turn by.
    private static let leastElongation: Float = 0.25

    /// How far pieces by an image's own borders must be those that were laid over it.
    private static let leastAgreement = 0.6

    /// The pieces of an object of another image; nil where they cannot be told.
    func cut(_ object: DetectedObject, in scene: Scene) -> [Mask]? {
        guard let whole, looks.count == pieces.count else { return nil }
        let turn =
            min(object.descriptor.elongation, whole.descriptor.elongation) > Self.leastElongation
            ? object.descriptor.orientation - whole.descriptor.orientation : 0
        var best: (pieces: [Mask], cost: Float)?
        for angle in [turn, turn + .pi] {
            guard let cut = laid(over: object, of: whole, turnedBy: angle, in: scene) else { continue }
            let cost = cost(of: cut, in: scene)
            if cost < best?.cost ?? .infinity { best = (cut, cost) }
        }
        return best.map { followed($0.pieces, of: object, in: scene) }
    }

    /// The same pieces with the borders that this image itself shows, where it shows them.
    private func followed(_ laid: [Mask], of object: DetectedObject, in scene: Scene) -> [Mask] {
        let points = laid.compactMap { $0.centroid.map { (x: Int($0.x), y: Int($0.y)) } }
        guard let own = ObjectPieces(of: object.mask, in: scene).pieces(around: points),
            zip(own, laid).allSatisfy({ $0.iou($1) >= Self.leastAgreement })
        else { return laid }
        return own
    }

    private func cost(of cut: [Mask], in scene: Scene) -> Float {
        zip(cut, looks).reduce(0) { sum, pair in
            guard let seen = scene.object(of: pair.0) else { return .infinity }
            var distances = PartDistances.between(ComparableObject(seen.descriptor, centre: centre), pair.1)
            distances[CostPart.position.rawValue] = 0
            distances[CostPart.context.rawValue] = 0
            return sum + CalibratedCost.deviation(distances)
        }
    }

    private func laid(
        over object: DetectedObject, of whole: DetectedObject, turnedBy angle: Float, in scene: Scene
    ) -> [Mask]? {
        guard let from = whole.mask.centroid, let to = object.mask.centroid else { return nil }
        let scale = (Double(whole.mask.area) / Double(max(1, object.mask.area))).squareRoot()
        let sine = Double(Float.sin(angle))
        let cosine = Double(Float.cos(angle))
        let box = object.mask.box
        var bits = pieces.map { _ in [UInt8](repeating: 0, count: box.area) }
        for y in 0..<box.height {
            for x in 0..<box.width where object.mask.bits[y * box.width + x] != 0 {
                let right = Double(box.x + x) + 0.5 - to.x
                let down = Double(box.y + y) + 0.5 - to.y
                let sourceX = Int((from.x + scale * (cosine * right + sine * down)).rounded(.down))
                let sourceY = Int((from.y + scale * (cosine * down - sine * right)).rounded(.down))
                if let piece = pieces.firstIndex(where: { $0.contains(x: sourceX, y: sourceY) }) {
                    bits[piece][y * box.width + x] = 1
                }
            }
        }
        let seeds = bits.map { Mask(grid: object.mask.grid, box: box, bits: $0).tightened }
        guard seeds.allSatisfy({ $0.area > 0 }) else { return nil }
        return ObjectPieces(of: object.mask, in: scene).flooded(from: seeds)
    }
}

extension CalibratedCost {
    /// By looks alone, on the smallest scales that there are.
    fileprivate static func deviation(_ distances: PartVector) -> Float {
        lookDeviation(distances, scales: PartDistances.floors).main
    }
}

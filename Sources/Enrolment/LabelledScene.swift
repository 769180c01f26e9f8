internal import Assessment
internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets

/// A good image with all its objects and their classes.
struct LabelledScene {
    let scene: Scene
    let image: SettledImage

    /// How many objects of each class there are.
    func histogram(of names: [String]) -> [Int] {
        var counts = [Int](repeating: 0, count: names.count)
        for object in image.objects {
            if let index = object.label.name.flatMap({ names.firstIndex(of: $0) }) { counts[index] += 1 }
        }
        return counts
    }

    /// The most regions of one image that are learnt from as being no object.
    private static let mostOthers = 400

    /// Every region of the hierarchy as far as it is an object, and every object as it is.
    func samples(names: [String]) -> [ClassSample] {
        var samples: [ClassSample] = []
        for object in image.objects {
            guard let index = object.label.name.flatMap({ names.firstIndex(of: $0) }),
                let measured = scene.object(of: object.mask)
            else { continue }
            samples.append(ClassSample(object: measured.descriptor, index: index, share: 1))
        }
        var others: [ClassSample] = []
        let overlaps = RegionOverlaps(of: scene, with: image.objects.map(\.mask)).best
        var nearest = [Float](repeating: 0, count: image.objects.count)
        for overlap in overlaps {
            if let object = overlap.object { nearest[object] = max(nearest[object], overlap.iou) }
        }
        for (node, overlap) in overlaps.enumerated() {
            guard scene.hierarchy.nodes[node].area >= scene.hierarchy.minimumArea else { continue }
            // What covers an object as well as any region does is it; what covers three fifths of that is not.
            let best = overlap.object.map { nearest[$0] } ?? 0
            let share = best < 0.5 ? 0 : min(1, max(0, (overlap.iou / best - 0.6) / 0.35))
            let name = overlap.object.flatMap { image.objects[$0].label.name }
            let sample = ClassSample(
                object: scene.candidates[node], index: share > 0 ? name.flatMap { names.firstIndex(of: $0) } : nil,
                share: share)
            if sample.index == nil { others.append(sample) } else { samples.append(sample) }
        }
        let step = max(1, (others.count + Self.mostOthers - 1) / Self.mostOthers)
        return samples + stride(from: 0, to: others.count, by: step).map { others[$0] }
    }
}

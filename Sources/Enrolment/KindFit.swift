internal import Assessment
internal import SupportSets

/// Sorts the objects of the good images into kinds and measures how much each kind and each place varies.
struct KindFit {
    /// For each image and object a number; objects of one number are of one kind.
    let kinds: [[Int]]

    /// For each image and object what the parts of its cost are divided by.
    let scales: [[PartVector]]

    /// Two sure objects that differ by less than this, on the scales that their partners set, are of one kind.
    private static let likeness: Float = 0.25

    /// An object whose place varies by more than this part of the longer side lies anywhere: its place and its neighbours
    /// say nothing.
    private static let loosest: Float = 0.1

    /// A lighter object may be anything: it founds no kind.
    private static let smallestWeight: Float = 0.5

    /// - Parameters:
    ///   - known: the kinds, where they are known already.
    ///   - labels: for each settled image what its objects are called; two names are never one kind.
    ///   - edges: for each image and object how uncertain its edge is, in units of the image's longer side.
    init(
        objects: [[ComparableObject]], matches: PairwiseMatches, weights: [[Float]], common: PartVector,
        known: [[Int]]?, labels: [[ObjectLabel]?], edges: [[Float]]
    ) {
        let kinds = known ?? Self.kinds(of: objects, matches: matches, weights: weights, labels: labels)
        self.kinds = kinds
        let samples = Self.samples(of: objects, kinds: kinds, matches: matches, common: common)
        let scales = Self.scales(of: samples, kinds: kinds, matches: matches, fallback: common)
        self.scales = scales.indices.map { image in
            scales[image].indices.map { object in
                pointwiseMax(
                    scales[image][object],
                    PartDistances.detailFloors(
                        of: objects[image][object].descriptor, pixel: edges[image][object]))
            }
        }
    }

    /// Partners that the other images confirm are of one kind, and so are objects that look alike; so is whatever is linked through others.
    private static func kinds(
        of objects: [[ComparableObject]], matches: PairwiseMatches, weights: [[Float]], labels: [[ObjectLabel]?]
    ) -> [[Int]] {
        let sure = objects.indices.flatMap { image in
            objects[image].indices.filter { weights[image][$0] >= smallestWeight }.map { (image: image, object: $0) }
        }
        var names = Array(sure.indices)
        var called = sure.map { labels[$0.image]?[$0.object].name }
        func join(_ first: Int, _ second: Int) {
            let old = names[second]
            let new = names[first]
            if let one = called[new], let other = called[old], one != other { return }
            called[new] = called[new] ?? called[old]
            for index in names.indices where names[index] == old { names[index] = new }
        }
        for (first, one) in sure.enumerated() {
            let scales = matches.ownScales(image: one.image, object: one.object)
            for second in sure.indices where second > first && names[second] != names[first] {
                let other = sure[second]
                if matches.areConfirmedPartners(one, other) {
                    join(first, second)
                    continue
                }
                let others = matches.ownScales(image: other.image, object: other.object)
                let smaller = scales.replacing(with: others, where: others .< scales)
                let distances = PartDistances.between(
                    objects[one.image][one.object], objects[other.image][other.object])
                if CalibratedCost.lookDeviation(distances, scales: smaller).main < likeness { join(first, second) }
            }
        }
        var kinds = objects.map { $0.map { _ in -1 } }
        for (index, place) in sure.enumerated() { kinds[place.image][place.object] = names[index] }
        return kinds
    }

    /// For each object how far it is from the nearest look of its kind and the nearest of its own places in the *other*
    /// images: exactly what a new good image will be measured by. Nil without another image.
    private static func samples(
        of objects: [[ComparableObject]], kinds: [[Int]], matches: PairwiseMatches, common: PartVector
    ) -> [[PartVector?]] {
        objects.indices.map { image in
            objects[image].indices.map { index in
                let pairs = matches.distances[image][index]
                guard !pairs.isEmpty else { return nil }
                var nearest = NearestLook()
                func offer(_ distances: PartVector) {
                    nearest.offer(
                        distances, deviating: CalibratedCost.lookDeviation(distances, scales: common))
                }
                for pair in pairs { offer(pair) }
                if kinds[image][index] >= 0 {
                    for other in objects.indices where other != image {
                        for look in objects[other].indices where kinds[other][look] == kinds[image][index] {
                            offer(PartDistances.between(objects[image][index], objects[other][look]))
                        }
                    }
                }
                var sample = nearest.distances
                for part in [CostPart.position.rawValue, CostPart.context.rawValue] {
                    sample[part] = pairs.reduce(Float.infinity) { min($0, $1[part]) }
                }
                return sample
            }
        }
    }

    /// Looks vary by kind, place and neighbourhood by slot. Both are drawn, as by two samples, towards what random pairs
    /// differ by: few nearest distances promise little, many show what a kind can be.
    private static func scales(
        of samples: [[PartVector?]], kinds: [[Int]], matches: PairwiseMatches, fallback: PartVector
    ) -> [[PartVector]] {
        var samplesOfKind: [Int: [PartVector]] = [:]
        var pairsOfKind: [Int: [PartVector]] = [:]
        for image in samples.indices {
            for (index, sample) in samples[image].enumerated() {
                if let sample { samplesOfKind[kinds[image][index], default: []].append(sample) }
                pairsOfKind[kinds[image][index], default: []] += matches.distances[image][index]
            }
        }
        return samples.indices.map { image in
            samples[image].indices.map { index in
                var slot = samples[image][index].map { [$0] } ?? []
                for (other, partner) in matches.partners[image][index].enumerated() where partner >= 0 {
                    if let sample = samples[other][partner] { slot.append(sample) }
                }
                let pairs = matches.scales(image: image, object: index, common: fallback)
                let place = scale(of: slot, drawnTo: fallback)
                let kind = kinds[image][index]
                var scales =
                    kind < 0
                    ? pairs
                    : scale(
                        of: samplesOfKind[kind] ?? [],
                        drawnTo: scale(of: pairsOfKind[kind] ?? [], drawnTo: pairs))
                let isLoose = pairs[CostPart.position.rawValue] > loosest
                for part in [CostPart.position.rawValue, CostPart.context.rawValue] {
                    scales[part] = isLoose ? PairwiseMatches.unlimited : place[part]
                }
                return scales
            }
        }
    }

    /// No good object lies farther out, in scales: of many alike in one picture one is always odd.
    private static let farthest: Float = 1.7

    private static func scale(of samples: [PartVector], drawnTo common: PartVector) -> PartVector {
        var sum = 2 * common * common
        var largest = PartVector()
        for sample in samples {
            sum += sample * sample
            largest = pointwiseMax(largest, sample)
        }
        var scales = (sum / Float(samples.count + 2)).squareRoot()
        for part in CostPart.details {
            scales[part.rawValue] = max(scales[part.rawValue], largest[part.rawValue] / Self.farthest)
        }
        return scales.replacing(with: PartDistances.floors, where: scales .< PartDistances.floors)
    }
}

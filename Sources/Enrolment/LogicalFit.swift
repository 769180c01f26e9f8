package import Assessment
internal import Composition
internal import LinearAlgebra
package import Matching
internal import Regions
package import SupportSets

/// Learns from a few good scenes what their objects are and how much each may vary.
///
/// Objects are what appears, matched, in every good image; what does not is clutter. The selection is made twice:
/// first by likeness to any region of the other images, then by likeness to the objects that were found so.
package enum LogicalFit {
    /// - Precondition: at least one scene; all from one camera and model.
    /// - Parameter settled: images whose objects are known; the others' are selected by likeness to them.
    package static func bank(
        of scenes: [Scene], names: [String], settled: SettledObjects = SettledObjects()
    ) throws(MatchingError) -> LogicalBank {
        precondition(!scenes.isEmpty && scenes.count == names.count)
        let centre = mean(of: scenes.map(\.meanFeature))
        let candidates = scenes.map { scene in
            scene.candidates.map { ComparableObject($0, centre: centre) }
        }
        var selections = scenes.indices.map { index in
            select(from: scenes[index], candidates: candidates, image: index)
        }
        let isOpen = names.map { settled.images[$0] == nil }
        var chosen = ChosenObjects(scenes: scenes, selections: selections, names: names, settled: settled)
        var bank = try fit(scenes: scenes, chosen: chosen, names: names, centre: centre)
        if scenes.count > 1, isOpen.contains(true) {
            for index in scenes.indices where isOpen[index] {
                let judge = LogicalJudge(bank: bank.without(image: index))
                selections[index] = judge.select(from: scenes[index], comparables: candidates[index])
            }
            chosen = ChosenObjects(scenes: scenes, selections: selections, names: names, settled: settled)
            bank = try fit(scenes: scenes, chosen: chosen, names: names, centre: centre)
        }
        return bank
    }

    /// The first selection: a region is an object as far as every other good image has a region like it, anywhere.
    private static func select(from scene: Scene, candidates: [[ComparableObject]], image: Int) -> [Int] {
        let own = candidates[image]
        var quality: [Float] = []
        for candidate in own {
            var likeness: Float = candidates.count > 1 ? 0 : 1
            for (other, regions) in candidates.enumerated() where other != image {
                var closest: Float = 1
                for region in regions {
                    var distances = PartDistances.between(candidate, region)
                    distances[CostPart.position.rawValue] = 0
                    closest = min(closest, CalibratedCost.total(distances, scales: 2 * PartDistances.floors))
                }
                likeness += (1 - closest) / Float(candidates.count - 1)
            }
            quality.append(
                ObjectSelection.quality(objectness: candidate.descriptor.objectness, likeness: likeness))
        }
        return ObjectSelection.choose(from: scene.hierarchy, quality: quality)
    }

    private static func fit(
        scenes: [Scene], chosen: ChosenObjects, names: [String], centre: [Float]
    ) throws(MatchingError) -> LogicalBank {
        let compositions = chosen.compositions
        let objects = compositions.map { composition in
            composition.objects.map { ComparableObject($0.descriptor, centre: centre) }
        }
        let (matches, scales) = try PairwiseMatches.settled(of: objects)
        let weights = scenes.indices.map { image in
            objects[image].indices.map { matches.weight(image: image, object: $0, common: scales) }
        }
        let kinds = KindFit(
            objects: objects, matches: matches, weights: weights, common: scales, labels: chosen.labels)
        let labels = kinds.labels(completing: chosen.labels)
        let images = scenes.indices.map { image in
            SupportImage(
                name: names[image], meanFeature: scenes[image].meanFeature,
                objects: compositions[image].objects.indices.map { index in
                    SupportObject(
                        object: compositions[image].objects[index], weight: weights[image][index],
                        scales: kinds.scales[image][index], partners: matches.partners[image][index],
                        kind: kinds.kinds[image][index], label: labels[image][index])
                },
                clutter: chosen.clutter[image])
        }
        return LogicalBank(images: images, centre: centre, commonScales: scales)
    }

    private static func mean(of vectors: [[Float]]) -> [Float] {
        var mean = [Float](repeating: 0, count: vectors[0].count)
        for vector in vectors {
            for index in mean.indices { mean[index] += vector[index] / Float(vectors.count) }
        }
        return mean
    }
}

extension LogicalBank {
    /// The bank as if one image had not been enrolled.
    func without(image: Int) -> LogicalBank {
        var bank = self
        bank.images.remove(at: image)
        for other in bank.images.indices {
            for object in bank.images[other].objects.indices {
                bank.images[other].objects[object].partners.remove(at: image)
            }
        }
        return bank
    }
}

package import Assessment
internal import Composition
internal import Imaging
internal import LinearAlgebra
package import Matching
internal import Regions
package import SupportSets

/// Learns from a few good scenes what their objects are and how much each may vary.
///
/// Objects are what appears, matched, in every good image; what does not is clutter.
package enum LogicalFit {
    /// - Precondition: at least one scene; all from one camera and model.
    /// - Parameter settled: images whose objects are known; the others' are selected by likeness to them.
    package static func bank(
        of scenes: [Scene], names: [String], settled: SettledObjects = SettledObjects()
    ) throws(MatchingError) -> LogicalBank {
        let selected = try select(from: scenes, names: names, settled: settled)
        return try bank(of: scenes, names: names, settled: settled, selected: selected)
    }

    /// The bank of scenes whose objects were selected before, maybe together with those of other scenes.
    static func bank(
        of scenes: [Scene], names: [String], settled: SettledObjects, selected: SelectedObjects
    ) throws(MatchingError) -> LogicalBank {
        var bank = try fit(
            scenes: scenes,
            chosen: ChosenObjects(scenes: scenes, selections: selected.nodes, names: names, settled: settled),
            names: names, centre: mean(of: scenes.map(\.meanFeature)))
        bank.agreement = selected.agreement
        return bank
    }

    /// Selects the objects of all scenes together.
    ///
    /// - Precondition: at least one scene; all from one camera and model.
    static func select(
        from scenes: [Scene], names: [String], settled: SettledObjects
    ) throws(MatchingError) -> SelectedObjects {
        precondition(!scenes.isEmpty && scenes.count == names.count)
        let centre = mean(of: scenes.map(\.meanFeature))
        let candidates = scenes.map { scene in
            scene.candidates.map { ComparableObject($0, centre: centre) }
        }
        let selection = try JointSelection(
            scenes: scenes, candidates: candidates,
            settled: names.indices.map { index in
                settled.images[names[index]].map { image in
                    image.objects.compactMap { scenes[index].object(of: $0.mask) }
                }
            }, centre: centre)
        var selected = SelectedObjects(nodes: selection.nodes, agreement: selection.agreement)
        guard names.allSatisfy({ settled.images[$0] == nil }) else { return selected }
        guard scenes.count > 1 else { return selected }
        let judge = LogicalJudge(bank: try bank(of: scenes, names: names, settled: settled, selected: selected))
        selected.complete(by: scenes.indices.map { judge.select(from: scenes[$0], comparables: candidates[$0]) })
        return selected
    }

    /// How uncertain an edge is, in pixels: of what lies loosely the next good image shows another outline, and what is
    /// rough over some way adds up to more than its height.
    private static func uncertainty(of mask: Mask) -> Float {
        let times = max(1, mask.roughness / Mask.cleanRoughness)
        return times * times.squareRoot()
    }

    private static func fit(
        scenes: [Scene], chosen: ChosenObjects, names: [String], centre: [Float]
    ) throws(MatchingError) -> LogicalBank {
        let compositions = chosen.compositions
        let objects = compositions.map { composition in
            composition.objects.map { ComparableObject($0.descriptor, centre: centre) }
        }
        let (matches, scales, loose) = try PairwiseMatches.settled(of: objects, labels: chosen.labels)
        let weights = scenes.indices.map { image in
            objects[image].indices.map { matches.weight(image: image, object: $0, common: scales) }
        }
        let kinds = KindFit(
            objects: objects, matches: matches, weights: weights, common: scales, known: loose, labels: chosen.labels,
            edges: zip(scenes, compositions).map { scene, composition in
                let pixel = 1 / Float(max(scene.hierarchy.size.width, scene.hierarchy.size.height))
                return composition.objects.map { pixel * Self.uncertainty(of: $0.mask) }
            })
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
        return try LogicalBank(images: images, centre: centre, commonScales: scales).weighedByFinding(in: scenes)
    }

    static func mean(of vectors: [[Float]]) -> [Float] {
        var mean = [Float](repeating: 0, count: vectors[0].count)
        for vector in vectors {
            for index in mean.indices { mean[index] += vector[index] / Float(vectors.count) }
        }
        return mean
    }
}

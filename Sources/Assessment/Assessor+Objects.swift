package import Inference
package import Matching
internal import Regions
internal import SupportSets

extension Assessor {
    /// The objects of an image as the judgement sees them, the most confident first, whatever the method.
    ///
    /// It finds them anew: a millisecond or more that a verdict does not need.
    package func objects(in scene: Scene) throws(InferenceError) -> [SeenObject] {
        do {
            return try LogicalJudge(bank: set.logical, classes: set.classes).objects(in: scene)
        } catch {
            throw .notFinite(output: "\(error)")
        }
    }
}

extension LogicalJudge {
    /// What was selected or, known from a support image, found when it was looked for; not what good images show in some
    /// pictures only, or beside their objects.
    package func objects(in scene: Scene) throws(MatchingError) -> [SeenObject] {
        let judgement = try judge(scene)
        let known = bank.images[judgement.nearest].objects
        return judgement.differences.compactMap { difference in
            guard let seen = difference.seen else { return nil }
            let node = judgement.nodes[seen]
            let partner = difference.known.map { known[$0] }
            guard (partner?.weight ?? difference.deviation / Self.absence) >= Self.surest else { return nil }
            return SeenObject(
                mask: judgement.regions.mask(of: node),
                confidence: judgement.regions.joinConfidence(of: node) ?? min(1, judgement.quality[node]),
                kind: partner?.kind ?? -1, name: partner?.label?.name ?? judgement.looks.name(node))
        }.sorted { $0.confidence > $1.confidence }
    }

    /// An object that fewer good images confirm, or a thing that is less strange to them, is no part of the product.
    private static var surest: Float { 0.4 }
}

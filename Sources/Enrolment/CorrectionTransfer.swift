internal import Assessment
internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets

/// Looks in every other image for what was corrected in one, and corrects it there alike.
///
/// An object of another image stands for the object of the corrected images that it is most like, by its looks and, where
/// things have their places, by its place. So what is said of one nut out of two is not done to the other.
struct CorrectionTransfer {
    private let scenes: [Scene]
    private let names: [String]
    private let bank: LogicalBank
    private let objects: [[ComparableObject]]

    /// Objects that differ by more than this cost are not the same.
    private static let likeness: Float = 0.5

    /// The most ways of putting pieces together that are tried.
    private static let mostUnions = 256

    init(scenes: [Scene], names: [String], bank: LogicalBank) {
        self.scenes = scenes
        self.names = names
        self.bank = bank
        objects = bank.images.map { image in
            image.objects.map { ComparableObject($0.object.descriptor, centre: bank.centre) }
        }
    }

    func carry(_ templates: [CorrectionTemplate], into images: inout [CorrectedImage]) -> [CorrectionNote] {
        var notes: [CorrectionNote] = []
        let sources = Set(templates.map(\.image)).sorted()
        for target in images.indices {
            let foreign = templates.filter { $0.image != target }
            let exemplars = exemplars(for: target, sources: sources.filter { $0 != target })
            for template in foreign where !isSaidBetter(template, of: templates, target: target) {
                let outcome = carry(template, to: target, exemplars: exemplars, image: &images[target])
                let source = names[template.image]
                switch outcome {
                case .done(let text):
                    notes.append(
                        CorrectionNote(image: names[target], text: text, outcome: .carriedOver(from: source)))
                case .needless: break
                case .notFound:
                    notes.append(
                        CorrectionNote(image: names[target], text: template.text, outcome: .notFound(from: source)))
                }
            }
        }
        return notes
    }

    private enum Result {
        case done(String)
        case needless
        case notFound
    }

    /// For each object of an image the corrected image's object that it is most like; nil where it is like none.
    private typealias Exemplars = [(image: Int, object: Int, cost: Float)?]

    private func exemplars(for target: Int, sources: [Int]) -> Exemplars {
        objects[target].map { seen in
            var best: (image: Int, object: Int, cost: Float)?
            for image in sources {
                for object in objects[image].indices {
                    let cost = cost(seen, objects[image][object], scales: bank.images[image].objects[object].scales)
                    if cost < best?.cost ?? Self.likeness { best = (image, object, cost) }
                }
            }
            return best
        }
    }

    /// Two images may correct the same thing; a third one then follows the one that its own object is most like. Merges
    /// are looked for piece by piece, so only the first image that merges is followed where several do.
    private func isSaidBetter(_ template: CorrectionTemplate, of all: [CorrectionTemplate], target: Int) -> Bool {
        guard case .merge(let pieces) = template.change, let piece = pieces.first else { return false }
        return all.contains { other in
            guard case .merge(let others) = other.change, other.image < template.image, other.image != target else {
                return false
            }
            let partner = bank.images[template.image].objects[piece].partners[other.image]
            return others.contains(partner)
        }
    }

    private func carry(
        _ template: CorrectionTemplate, to target: Int, exemplars: Exemplars, image: inout CorrectedImage
    ) -> Result {
        let claim = "corrected as in \(names[template.image])"
        switch template.change {
        case .drop(let dropped):
            let same = exemplars.indices.filter { index in
                exemplars[index].map { $0.image == template.image && $0.object == dropped } ?? false
                    && image.isOpen(index)
            }
            guard !same.isEmpty else { return .needless }
            for index in same { image.drop(index, claim: claim) }
            return .done("dropped \(same.map(CorrectedImage.id).joined(separator: ", "))")
        case .split(let whole, let pieces):
            let same = exemplars.indices.filter { index in
                exemplars[index].map { $0.image == template.image && $0.object == whole } ?? false
                    && image.isOpen(index)
            }
            guard let best = same.min(by: { exemplars[$0]?.cost ?? 1 < exemplars[$1]?.cost ?? 1 }),
                let cut = SplitTransfer(
                    from: scenes[template.image], pieces: pieces, centre: bank.centre
                ).cut(image.found[best], in: scenes[target])
            else { return .needless }
            image.split(best, into: cut, claim: claim)
            return .done("split \(CorrectedImage.id(best)) into \(cut.count)")
        case .merge(let pieces):
            return merge(pieces, template: template, target: target, exemplars: exemplars, image: &image, claim: claim)
        }
    }

    private func merge(
        _ pieces: [Int], template: CorrectionTemplate, target: Int, exemplars: Exemplars, image: inout CorrectedImage,
        claim: String
    ) -> Result {
        let source = bank.images[template.image]
        var union = source.objects[pieces[0]].object.mask
        var scales = source.objects[pieces[0]].scales
        for piece in pieces.dropFirst() {
            union = union.union(source.objects[piece].object.mask)
            scales.replace(with: source.objects[piece].scales, where: source.objects[piece].scales .> scales)
        }
        guard let joined = scenes[template.image].object(of: union) else { return .notFound }
        let wanted = ComparableObject(joined.descriptor, centre: bank.centre)
        let open = objects[target].indices.filter { image.isOpen($0) }

        // What is whole already stays as it is.
        for index in open {
            let asWhole = cost(objects[target][index], wanted, scales: scales)
            let asPiece =
                pieces.map {
                    cost(objects[target][index], objects[template.image][$0], scales: source.objects[$0].scales)
                }.min() ?? 1
            if asWhole < 0.6 * Self.likeness, asWhole < asPiece {
                image.keep(index, claim: claim)
                return .needless
            }
        }
        var best: (indices: [Int], mask: Mask?, cost: Float) = ([], nil, Self.likeness)
        for indices in unions(of: pieces, template: template, target: target, open: open, exemplars: exemplars) {
            var mask = image.found[indices[0]].mask
            for index in indices.dropFirst() { mask = mask.union(image.found[index].mask) }
            guard let object = scenes[target].object(of: mask) else { continue }
            let cost = cost(
                ComparableObject(object.descriptor, centre: bank.centre), wanted, scales: scales)
            if cost < best.cost { best = (indices, nil, cost) }
        }
        for (indices, node, cost) in wholeNodes(
            like: wanted, scales: scales, target: target, image: image, below: best.cost)
        where cost < best.cost { best = (indices, scenes[target].hierarchy.mask(of: node), cost) }
        guard !best.indices.isEmpty else { return .notFound }
        image.merge(best.indices, as: best.mask, claim: claim)
        return .done("merged \(CorrectedImage.id(best.indices))")
    }

    /// Choices of one object for each piece, all different.
    private func unions(
        of pieces: [Int], template: CorrectionTemplate, target: Int, open: [Int], exemplars: Exemplars
    ) -> [[Int]] {
        let source = bank.images[template.image]
        var unions: [[Int]] = [[]]
        for piece in pieces {
            let fitting = open.map { index in
                (
                    index: index,
                    cost: cost(
                        objects[target][index], objects[template.image][piece], scales: source.objects[piece].scales)
                )
            }.filter { $0.cost < 1.4 * Self.likeness }.sorted { $0.cost < $1.cost }.prefix(4)
            unions = unions.flatMap { union in
                fitting.filter { !union.contains($0.index) }.map { union + [$0.index] }
            }
            unions = Array(unions.prefix(Self.mostUnions))
        }
        return unions.filter { !$0.isEmpty }
    }

    /// Regions of the hierarchy that look like the whole and hold one or more open objects and nothing of others.
    private func wholeNodes(
        like wanted: ComparableObject, scales: PartVector, target: Int, image: CorrectedImage, below limit: Float
    ) -> [(indices: [Int], node: Int, cost: Float)] {
        let scene = scenes[target]
        return scene.candidates.indices.compactMap { node in
            guard scene.hierarchy.nodes[node].area >= scene.hierarchy.minimumArea else { return nil }
            let cost = cost(
                ComparableObject(scene.candidates[node], centre: bank.centre), wanted, scales: scales)
            guard cost < limit else { return nil }
            let mask = scene.hierarchy.mask(of: node)
            var held: [Int] = []
            for (index, object) in image.found.enumerated() {
                let common = object.mask.intersectionArea(mask)
                if 10 * common < object.mask.area { continue }
                guard 10 * common >= 9 * object.mask.area, image.isOpen(index) else { return nil }
                held.append(index)
            }
            return held.isEmpty ? nil : (held, node, cost)
        }
    }

    /// Neighbours do not count: corrections change them.
    private func cost(_ seen: ComparableObject, _ known: ComparableObject, scales: PartVector) -> Float {
        var distances = PartDistances.between(seen, known)
        distances[CostPart.context.rawValue] = 0
        return CalibratedCost.total(distances, scales: scales)
    }
}

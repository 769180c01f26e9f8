internal import Composition
internal import Imaging
internal import Regions
internal import RealModule
internal import SupportSets
internal import Verdicts

/// Turns the differences of a logical judgement into findings: one for each cause.
struct DifferenceFindings {
    let judgement: LogicalJudgement
    let bank: LogicalBank
    let scene: Scene
    let level: Float
    var findings: [Finding] = []

    /// - Parameters:
    ///   - limit: deviations above this are told.
    ///   - level: what a logical score is divided by; shares come out in that unit.
    ///   - isDecisive: objects decide the verdict, so the largest deviation is told in any case.
    ///   - evidence: places that the structural search found odd; there half the limit is enough.
    init(
        judgement: LogicalJudgement, bank: LogicalBank, scene: Scene, limit: Float, level: Float, isDecisive: Bool,
        evidence: [PixelBox]
    ) {
        self.judgement = judgement
        self.bank = bank
        self.scene = scene
        self.level = level
        var told = judgement.differences.filter { difference in
            if difference.deviation > limit || isOddAllOver(difference, evidence) { return true }
            guard 2 * difference.deviation > limit else { return false }
            let place = difference.seen.map(seenBox) ?? difference.known.map(expectedBox)
            return evidence.contains { region in
                place.map { 2 * $0.intersection(region).area >= min($0.area, region.area) } ?? false
            }
        }
        if isDecisive, told.isEmpty, let largest = judgement.differences.first, largest.deviation > 0 {
            told = [largest]
        }
        tellPieces(&told)
        tellMoves(&told)
        tellExchanges(&told)
        for difference in told {
            findings += self.findings(for: difference)
            if let missing = replaced(by: difference) { findings.append(missing) }
        }
        dropConsequences()
    }

    /// What has no counterpart, is like nothing that the good images show, and looks odd all over is told in any case.
    private func isOddAllOver(_ difference: Difference, _ evidence: [PixelBox]) -> Bool {
        guard let seen = difference.seen, difference.known == nil, 2 * difference.deviation > LogicalJudge.absence
        else { return false }
        let box = seenBox(seen)
        return evidence.contains { 2 * $0.intersection(box).area >= max($0.area, box.area) }
    }

    /// An object beside which another is missing, extra or moved has other neighbours: that is no cause of its own.
    private mutating func dropConsequences() {
        let causes = findings.filter { finding in
            guard finding.kind == .changed, let context = finding.parts.context else { return true }
            let others = [finding.parts.appearance, finding.parts.colour, finding.parts.area, finding.parts.shape]
            return others.contains { $0 ?? 0 >= context }
        }
        if !causes.isEmpty { findings = causes }
    }

    /// The object that is missing because one of another known kind lies in its stead; nil where places are fixed, as
    /// the changed object is then all there is to say.
    func replaced(by difference: Difference) -> Finding? {
        guard let seen = difference.seen, let known = difference.known,
            object(known).scales[CostPart.position.rawValue] > Self.loosest,
            judgement.looks.isRatherOfAnotherKind(judgement.nodes[seen], than: judgement.kinds[known])
        else { return nil }
        return finding(for: Difference(seen: nil, known: known, deviation: difference.deviation))
    }

    /// An object whose place varies by more than this part of the longer side lies anywhere.
    static let loosest: Float = 0.1

    func finding(for difference: Difference) -> Finding {
        switch (difference.seen, difference.known) {
        case (nil, let known?):
            let box = expectedPlace(known)
            return Finding(
                kind: .missing, label: name(known), expectedBox: box, supportObject: reference(known),
                cost: cost(of: difference.deviation), share: difference.deviation / level,
                sentence: Sentence.missing(name(known), expected: box, in: scene.frameSize))
        case (let seen?, nil):
            let box = seenBox(seen)
            if isMark(seen) {
                return Finding(
                    kind: .surface, box: box, mask: mask(of: seen), cost: cost(of: difference.deviation),
                    share: difference.deviation / level, sentence: Sentence.mark(box, in: scene.frameSize))
            }
            return Finding(
                kind: .extra, label: judgement.looks.name(judgement.nodes[seen]), box: box,
                mask: mask(of: seen),
                cost: cost(of: difference.deviation), share: difference.deviation / level,
                sentence: Sentence.extra(box, named: judgement.looks.name(judgement.nodes[seen]), in: scene.frameSize))
        default:
            return isMoved(difference) ? moved(difference) : burden(of: difference) ?? changed(difference)
        }
    }

    func moved(_ difference: Difference) -> Finding {
        guard let seen = difference.seen, let known = difference.known else { return finding(for: difference) }
        let box = seenBox(seen)
        let expected = expectedPlace(known)
        return Finding(
            kind: .moved, label: name(known), box: box, expectedBox: expected,
            mask: mask(of: seen), supportObject: reference(known),
            cost: cost(of: difference.deviation), parts: CostParts(difference.parts),
            share: difference.deviation / level,
            sentence: Sentence.moved(name(known), box: box, from: expected, in: scene.frameSize))
    }

    func changed(_ difference: Difference) -> Finding {
        guard let seen = difference.seen, let known = difference.known else { return finding(for: difference) }
        return changed(
            DetectedObject(mask: mask(of: seen), descriptor: descriptor(seen)), known, parts: difference.parts,
            deviation: difference.deviation)
    }

    /// - Parameter whole: what is seen of a known object.
    func changed(_ whole: DetectedObject, _ known: Int, parts: PartVector, deviation: Float) -> Finding {
        let box = whole.mask.box.scaled(from: whole.mask.grid, to: scene.frameSize)
        return Finding(
            kind: .changed, label: name(known), box: box, mask: whole.mask, supportObject: reference(known),
            cost: cost(of: deviation), parts: CostParts(parts), share: deviation / level,
            sentence: Sentence.changed(
                name(known),
                by: .largest(of: parts, from: object(known).object.descriptor, to: whole.descriptor), box: box,
                in: scene.frameSize))
    }

    func cost(of deviation: Float) -> Float { 1 - Float.exp(-deviation) }

    func cost(_ difference: Difference, _ known: Int) -> Float {
        difference.seen.map { CalibratedCost.total(distances($0, known), scales: object(known).scales) } ?? 1
    }

    /// The cost of a pair by its looks alone.
    func lookCost(_ seen: Int, _ known: Int) -> Float {
        judgement.looks.cost(judgement.nodes[seen], kind: judgement.kinds[known])
    }

    func distances(_ seen: Int, _ known: Int) -> PartVector {
        var distances = judgement.looks.distances(judgement.nodes[seen], kind: judgement.kinds[known])
        distances[CostPart.position.rawValue] = PartDistances.position(
            ComparableObject(descriptor(seen), centre: bank.centre),
            ComparableObject(object(known).object.descriptor, centre: bank.centre), shift: judgement.shift)
        return distances
    }

    func object(_ known: Int) -> SupportObject { bank.images[judgement.nearest].objects[known] }

    func descriptor(_ seen: Int) -> ObjectDescriptor { judgement.regions.descriptor(of: judgement.nodes[seen]) }

    func reference(_ known: Int) -> SupportObjectReference {
        SupportObjectReference(
            image: bank.images[judgement.nearest].name, object: known, id: object(known).label?.id)
    }

    /// What people call an object of the support image.
    func name(_ known: Int) -> String? { object(known).label?.name }

    /// On the hierarchy's grid.
    func mask(of seen: Int) -> Mask { judgement.regions.mask(of: judgement.nodes[seen]) }

    func seenBox(_ seen: Int) -> PixelBox {
        judgement.regions.box(of: judgement.nodes[seen]).scaled(from: scene.hierarchy.size, to: scene.frameSize)
    }

    /// Everywhere the good images have the object, as far as it has a place at all: no nearer to another object's.
    func expectedPlace(_ known: Int) -> PixelBox {
        let own = expectedBox(known)
        guard object(known).scales[CostPart.position.rawValue] <= Self.loosest else { return own }
        let others = bank.images[judgement.nearest].objects.indices.filter { $0 != known }
        let nearest = others.map { expectedBox($0).squaredDistance(to: own) }.min() ?? Int.max
        var place = own
        for (image, partner) in object(known).partners.enumerated() where partner >= 0 {
            let box = expectedBox(bank.images[image].objects[partner], shift: judgement.shift - offset(of: image))
            if box.squaredDistance(to: own) < nearest / 4 { place = place.union(box) }
        }
        return place
    }

    func expectedBox(_ known: Int) -> PixelBox { expectedBox(object(known), shift: judgement.shift) }

    /// What lays another support image's objects on those of the best: cameras and carriers do not keep still.
    private func offset(of image: Int) -> SIMD2<Float> {
        Alignment.shift(
            pairs: bank.images[judgement.nearest].objects.compactMap { known in
                guard known.partners.indices.contains(image), known.partners[image] >= 0 else { return nil }
                let partner = known.partners[image]
                let (one, other) = (bank.images[image].objects[partner].object.descriptor, known.object.descriptor)
                return (SIMD2(one.centreX, one.centreY), SIMD2(other.centreX, other.centreY))
            })
    }

    /// Where a support image has an object, moved to where this frame should have it.
    ///
    /// - Parameter shift: added to what this frame shows to compare it with that image.
    private func expectedBox(_ object: SupportObject, shift: SIMD2<Float>) -> PixelBox {
        let mask = object.object.mask
        var box = mask.box.scaled(from: mask.grid, to: scene.frameSize)
        // What lies anywhere does not move with the others.
        guard object.scales[CostPart.position.rawValue] <= Self.loosest else { return box }
        let longSide = Float(max(scene.frameSize.width, scene.frameSize.height))
        box.x = min(max(0, box.x - Int((shift.x * longSide).rounded())), scene.frameSize.width - box.width)
        box.y = min(max(0, box.y - Int((shift.y * longSide).rounded())), scene.frameSize.height - box.height)
        return box
    }
}

extension CostParts {
    /// Neighbours that do not count differ by nothing: their part is absent.
    init(_ parts: PartVector) {
        let context = parts[CostPart.context.rawValue]
        self.init(
            appearance: parts[CostPart.appearance.rawValue], colour: parts[CostPart.colour.rawValue],
            context: context > 0 ? context : nil, area: parts[CostPart.area.rawValue],
            shape: [CostPart.shape, .length, .bow, .threefold, .fourfold].map { parts[$0.rawValue] }.max() ?? 0,
            position: parts[CostPart.position.rawValue])
    }
}

extension PixelBox {
    /// Between the centres, in square pixels.
    fileprivate func squaredDistance(to other: PixelBox) -> Int {
        let x = x + maxX - other.x - other.maxX
        let y = y + maxY - other.y - other.maxY
        return (x * x + y * y) / 4
    }
}

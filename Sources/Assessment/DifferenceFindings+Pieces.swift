internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets
internal import Verdicts

extension DifferenceFindings {
    /// What lies in pieces where one object has its place is that object; where what is there looks as ever and spans
    /// its place but covers far less of it, some of the object is missing.
    mutating func tellPieces(_ told: inout [Difference]) {
        for known in bank.images[judgement.nearest].objects.indices {
            guard object(known).scales[CostPart.position.rawValue] <= Self.loosest,
                let own = told.first(where: { $0.known == known })
            else { continue }
            let pieces = pieces(of: known, seen: own.seen, among: told)
            guard pieces.seen.count > 1 || pieces.mask.area > 0 && share(of: pieces.mask, known) < Self.scant,
                let whole = scene.object(of: pieces.mask)
            else { continue }
            let parts = lookParts(whole.descriptor, known)
            let isScant = isScant(whole, known, parts: parts)
            // Where the object itself is not there, what lies at its place has to look like it.
            guard isScant || pieces.seen.count > 1 && (own.seen != nil || looksAsEver(parts)) else { continue }
            let deviation = told.filter { own.known == $0.known || isAmong($0, pieces.seen) }.map(\.deviation).max()
            told.removeAll { own.known == $0.known || isAmong($0, pieces.seen) }
            findings.append(
                isScant
                    ? scant(whole, known, deviation: deviation ?? 0)
                    : changed(whole, known, parts: parts, deviation: deviation ?? 0))
        }
    }

    private func isAmong(_ difference: Difference, _ pieces: [Int]) -> Bool {
        difference.seen.map { difference.known == nil && pieces.contains($0) } ?? false
    }

    /// The seen objects that lie at a known one's place and together look no less like it than the largest of them alone.
    private func pieces(of known: Int, seen: Int?, among told: [Difference]) -> (seen: [Int], mask: Mask) {
        let place = expectedPlace(known)
        let extras = told.compactMap { $0.known == nil ? $0.seen : nil }.filter { extra in
            let box = seenBox(extra)
            return 10 * box.intersection(place).area >= 7 * box.area && !isKnown(extra)
        }.sorted { mask(of: $0).area > mask(of: $1).area }
        var pieces = seen.map { [$0] } ?? []
        var joined = seen.map(mask) ?? Mask(emptyOn: scene.hierarchy.size)
        guard !extras.isEmpty else { return (pieces, joined) }
        var unlikeness = unlikeness(joined, known)
        for extra in extras {
            let candidate = joined.union(mask(of: extra))
            let changed = self.unlikeness(candidate, known)
            guard changed <= unlikeness + Self.unevenness else { continue }
            pieces.append(extra)
            joined = candidate
            unlikeness = changed
        }
        return (pieces, joined)
    }

    /// One good thing lying there is no piece of another.
    private func isKnown(_ seen: Int) -> Bool {
        judgement.kinds.contains { judgement.looks.cost(judgement.nodes[seen], kind: $0) < Self.alike }
    }

    /// How much less alike a whole may become by a piece that is a little unlike the rest.
    private static var unevenness: Float { 0.05 }

    /// By feature and colour alone, which do not tell how much of an object is there.
    func unlikeness(_ mask: Mask, _ known: Int) -> Float {
        guard let whole = scene.object(of: mask) else { return .infinity }
        let parts = lookParts(whole.descriptor, known)
        return parts[CostPart.appearance.rawValue] + parts[CostPart.colour.rawValue]
    }

    /// How much of a known object's area a mask has.
    private func share(of mask: Mask, _ known: Int) -> Float {
        Float(mask.area) / Float(mask.grid.pixelCount) / max(object(known).object.descriptor.area, 1e-8)
    }

    private func isScant(_ whole: DetectedObject, _ known: Int, parts: PartVector) -> Bool {
        let box = whole.mask.box.scaled(from: whole.mask.grid, to: scene.frameSize)
        return share(of: whole.mask, known) < Self.scant
            && whole.mask.fill < Self.scant * object(known).object.mask.fill && looksAsEver(parts)
            && box.overlapRatio(expectedBox(known)) > Self.span
    }

    /// By feature and colour.
    private func looksAsEver(_ parts: PartVector) -> Bool {
        parts[CostPart.appearance.rawValue] < 0.5 && parts[CostPart.colour.rawValue] < 0.5
    }

    /// An object that covers less than this part of its area, and of its box, has lost some of it: one that is only smaller
    /// fills its box as ever.
    private static var scant: Float { 0.75 }

    /// Boxes that share more of their union than this are about the same.
    private static var span: Double { 0.6 }

    private func scant(_ whole: DetectedObject, _ known: Int, deviation: Float) -> Finding {
        var finding = finding(for: Difference(seen: nil, known: known, deviation: deviation))
        finding.sentence = Sentence.scant(
            name(known), expected: expectedPlace(known),
            share: share(of: whole.mask, known), in: scene.frameSize)
        return finding
    }

    /// How an object's looks differ from the nearest that a known one has in any image, each in 0...1.
    private func lookParts(_ descriptor: ObjectDescriptor, _ known: Int) -> PartVector {
        let scales = object(known).scales
        let seen = ComparableObject(descriptor, centre: bank.centre)
        var nearest = NearestLook()
        func offer(_ object: SupportObject) {
            var distances = PartDistances.between(seen, ComparableObject(object.object.descriptor, centre: bank.centre))
            distances[CostPart.position.rawValue] = 0
            distances[CostPart.context.rawValue] = 0
            nearest.offer(distances, deviating: CalibratedCost.deviation(distances, scales: scales))
        }
        offer(object(known))
        for (image, partner) in object(known).partners.enumerated() where partner >= 0 {
            offer(bank.images[image].objects[partner])
        }
        return CalibratedCost.parts(nearest.distances, scales: scales)
    }
}

extension Mask {
    /// The share of its box that it covers.
    fileprivate var fill: Float { Float(area) / Float(max(box.area, 1)) }
}

internal import Imaging
internal import SupportSets
internal import Verdicts

extension DifferenceFindings {
    /// Objects that deviate by less than this cost are alike.
    static var alike: Float { 0.6 }

    /// A missing object and an extra one that are alike but for their place are one object that moved; two that are
    /// unlike but at one place are one object that changed.
    mutating func tellMoves(_ told: inout [Difference]) {
        // One that is alike is the thing itself, wherever it lies and whatever lies in its stead.
        tellContents(&told, least: 2)
        pairUp(&told, byPlace: false)
        tellContents(&told, least: 1)
        pairUp(&told, byPlace: true)
    }

    /// Over a third of a known object's place, or in the middle of it and about as long: what is thin covers little.
    private func isAtPlace(_ seen: Int, _ known: Int) -> Bool {
        let (place, box) = (expectedBox(known), seenBox(seen))
        if 3 * place.intersection(box).area >= place.area { return true }
        return box.isCentred(in: place) && 2 * max(box.width, box.height) >= max(place.width, place.height)
            && 10 * place.intersection(box).area >= 7 * box.area
    }

    /// Tells missing and extra objects that fit as one cause, the likest pair first.
    private mutating func pairUp(_ told: inout [Difference], byPlace: Bool) {
        guard told.contains(where: { $0.seen == nil }) else { return }
        // A mark does not move; but what lies where a thing should be need not shine to be another thing.
        var extras = told.filter { difference in
            difference.known == nil && difference.seen.map { byPlace || !isMark($0) } ?? false
        }
        while true {
            let missing = told.filter { $0.seen == nil }
            let pairs = missing.flatMap { missing in
                extras.compactMap { extra in
                    extra.seen.flatMap { seen in
                        missing.known.flatMap { known in
                            (byPlace ? isAtPlace(seen, known) : lookCost(seen, known) < Self.alike)
                                ? (seen, known, cost(extra, known), max(missing.deviation, extra.deviation)) : nil
                        }
                    }
                }
            }
            guard let (seen, known, _, deviation) = pairs.min(by: { $0.2 < $1.2 }) else { return }
            told.removeAll { ($0.known == known && $0.seen == nil) || ($0.seen == seen && $0.known == nil) }
            extras.removeAll { $0.seen == seen }
            let whole = Difference(
                seen: seen, known: known, deviation: deviation,
                parts: CalibratedCost.parts(distances(seen, known), scales: object(known).scales))
            let isAway = lookCost(seen, known) < Self.alike && !isAtPlace(seen, known)
            findings += isAway ? away(whole) : [changed(whole)]
        }
    }

    /// One finding; two for a thing that lies elsewhere, since a place that it left empty is as wrong as the one it took.
    func findings(for difference: Difference) -> [Finding] {
        isMoved(difference) ? away(difference) : [finding(for: difference)]
    }

    private func away(_ difference: Difference) -> [Finding] {
        var moved = moved(difference)
        guard let seen = difference.seen, let known = difference.known, let box = moved.box,
            !box.isCentred(in: expectedPlace(known)), isEmpty(known, but: seen)
        else { return [moved] }
        moved.share /= 2
        return [moved, left(known, deviation: difference.deviation, share: moved.share, now: box)]
    }

    /// The empty place of a thing that lies elsewhere.
    func left(_ known: Int, deviation: Float, share: Float, now box: PixelBox) -> Finding {
        var left = finding(for: Difference(seen: nil, known: known, deviation: deviation))
        left.share = share
        left.sentence = Sentence.left(name(known), expected: expectedPlace(known), now: box, in: scene.frameSize)
        return left
    }

    /// Nothing else lies in the middle of a known object's place, or over most of it.
    func isEmpty(_ known: Int, but seen: Int) -> Bool {
        let place = expectedBox(known)
        return !judgement.differences.contains { other in
            guard let other = other.seen, other != seen else { return false }
            let box = seenBox(other)
            return box.isCentred(in: place) || 2 * box.intersection(place).area >= place.area
        }
    }

    func isMoved(_ difference: Difference) -> Bool {
        guard difference.seen != nil, difference.known != nil else { return false }
        let position = difference.parts[CostPart.position.rawValue]
        return position >= difference.parts.max() && position > 0.5
    }

    /// A mark on the surface that is like no known thing.
    func isMark(_ seen: Int) -> Bool {
        judgement.looks.name(judgement.nodes[seen]) == nil
            && judgement.kinds.allSatisfy {
                judgement.looks.cost(judgement.nodes[seen], kind: $0) >= Self.leastUnlike
            } && scene.isMark(mask(of: seen))
    }

    /// A thing that costs less as one of a kind may be one of it that has changed.
    private static var leastUnlike: Float { 0.5 }

    /// Two changed objects that would fit each other's places have changed places.
    mutating func tellExchanges(_ told: inout [Difference]) {
        let pairs = told.filter { $0.seen != nil && $0.known != nil }
        for (index, first) in pairs.enumerated() {
            for second in pairs[(index + 1)...] {
                guard let a = first.seen, let b = second.seen, let i = first.known, let j = second.known,
                    told.contains(where: { $0.seen == a }), told.contains(where: { $0.seen == b }),
                    lookCost(a, j) < 0.5 * lookCost(a, i), lookCost(b, i) < 0.5 * lookCost(b, j)
                else { continue }
                told.removeAll { $0.seen == a || $0.seen == b }
                for (difference, origin) in [(first, j), (second, i)] {
                    var finding = moved(
                        Difference(
                            seen: difference.seen, known: origin, deviation: difference.deviation,
                            parts: difference.parts))
                    finding.sentence = Sentence.exchanged(
                        finding.label, box: finding.box ?? expectedBox(origin), in: scene.frameSize)
                    findings.append(finding)
                }
            }
        }
    }
}

extension PixelBox {
    fileprivate func isCentred(in other: PixelBox) -> Bool {
        let (middleX, middleY) = (x + width / 2, y + height / 2)
        return middleX >= other.x && middleX < other.maxX && middleY >= other.y && middleY < other.maxY
    }
}

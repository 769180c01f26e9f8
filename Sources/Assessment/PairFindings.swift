internal import Composition
internal import Imaging
internal import Matching
internal import SupportSets
internal import Verdicts

/// The findings of the two papers' methods: what has no partner, and pairs that cost more than any good image's.
struct PairFindings {
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - labels: what the known objects are known by.
    ///   - limit: pairs that cost more are told as changed.
    ///   - parts: what a pair's cost is made of.
    init(
        assignment: Assignment, seen: Composition, known: Composition, supportName: String, labels: [ObjectLabel?],
        limit: Float,
        unmatchedCost: Float = 1, frameSize: PixelSize, parts: (Assignment.Pair) -> CostParts
    ) {
        func box(_ object: DetectedObject) -> PixelBox {
            object.mask.box.scaled(from: object.mask.grid, to: frameSize)
        }
        for column in assignment.unmatchedColumns {
            let place = box(known.objects[column])
            findings.append(
                Finding(
                    kind: .missing, label: labels[column]?.name, expectedBox: place,
                    supportObject: SupportObjectReference(
                        image: supportName, object: column, id: labels[column]?.id), cost: unmatchedCost,
                    sentence: Sentence.missing(labels[column]?.name, expected: place, in: frameSize)))
        }
        for row in assignment.unmatchedRows {
            let place = box(seen.objects[row])
            findings.append(
                Finding(
                    kind: .extra, box: place, mask: seen.objects[row].mask, cost: unmatchedCost,
                    sentence: Sentence.extra(place, in: frameSize)))
        }
        for pair in assignment.pairs where pair.cost > limit {
            let place = box(seen.objects[pair.row])
            findings.append(
                Finding(
                    kind: .changed, label: labels[pair.column]?.name, box: place, mask: seen.objects[pair.row].mask,
                    supportObject: SupportObjectReference(
                        image: supportName, object: pair.column, id: labels[pair.column]?.id), cost: pair.cost,
                    parts: parts(pair),
                    sentence: Sentence.changed(
                        labels[pair.column]?.name, by: .look, box: place, in: frameSize)))
        }
        findings.sort { $0.cost > $1.cost }
        let total = findings.reduce(Float(0)) { $0 + $1.cost }
        if total > 0 {
            for index in findings.indices { findings[index].share = findings[index].cost / total }
        }
    }
}

internal import Imaging
internal import SupportSets

/// Counts what was noticed.
struct SelfTestTally {
    private var untouched = SelfTestReport.Count()
    private var parts: [Alteration: [Int: SelfTestReport.Part]] = [:]

    mutating func add(
        _ alteration: Alteration, of part: AlterablePart, in image: String, isNoticed: Bool, isExplained: Bool
    ) {
        var known =
            parts[alteration]?[part.kind]
            ?? SelfTestReport.Part(
                kind: part.kind, label: part.label, image: image, box: part.mask.box, count: SelfTestReport.Count())
        known.count.of += 1
        if isNoticed { known.count.noticed += 1 }
        if isExplained { known.count.explained += 1 }
        parts[alteration, default: [:]][part.kind] = known
    }

    mutating func addUntouched(isNoticed: Bool) {
        untouched.of += 1
        if isNoticed { untouched.noticed += 1 }
    }

    func report(isByOthers: Bool) -> SelfTestReport {
        let entries = Alteration.allCases.compactMap { alteration in
            parts[alteration].map { parts in
                SelfTestReport.Entry(
                    alteration: alteration, parts: parts.values.sorted { $0.kind < $1.kind })
            }
        }
        return SelfTestReport(isByOthers: isByOthers, untouched: untouched, entries: entries)
    }
}

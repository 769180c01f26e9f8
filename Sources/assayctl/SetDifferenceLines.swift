internal import Assessment
internal import Imaging
internal import Inference
internal import SupportSets

/// How two sets differ, in words.
struct SetDifferenceLines {
    private(set) var lines: [String] = []

    /// A tolerance that differs by less is the same but for the pictures that it was measured on.
    private static let likeTolerances: ClosedRange<Float> = 0.8...1.25

    /// - Parameter comparison: nil where the objects cannot be compared.
    init(_ first: SupportSet, _ second: SupportSet, _ comparison: SetComparison?) {
        for (letter, set) in [("A", first), ("B", second)] {
            let identity = set.identity
            lines.append("\(letter)  \(identity.name)@\(identity.version)  \(identity.digest)")
        }
        guard first.identity.digest != second.identity.digest else {
            lines.append("   the same set")
            return
        }
        compare(first.manifest, second.manifest)
        compareKnowledge(first.manifest, second.manifest)
        compareFiles(first.manifest, second.manifest)
        guard let comparison else {
            lines.append("   objects           cannot be compared: the sets were made by different models")
            return
        }
        compare(comparison, first.logical, second.logical)
    }

    private mutating func change<Value: Equatable>(_ what: String, _ old: Value, _ new: Value) {
        guard old != new else { return }
        lines.append("   \(Self.column(what)) \(old) -> \(new)")
    }

    private mutating func compare(_ first: SupportSetManifest, _ second: SupportSetManifest) {
        change(
            "model", "\(first.model.name) \(first.model.digest.prefix(12))",
            "\(second.model.name) \(second.model.digest.prefix(12))")
        change("precision", first.model.precision, second.model.precision)
        change(
            "picture size", "\(first.preprocessing.imageWidth) x \(first.preprocessing.imageHeight)",
            "\(second.preprocessing.imageWidth) x \(second.preprocessing.imageHeight)")
        change("segmenter side", first.preprocessing.segmenterLongSide, second.preprocessing.segmenterLongSide)
        change("good pictures", first.k, second.k)
        change("product lies", Self.place(first), Self.place(second))
        change("patch reach", first.structure.reach, second.structure.reach)
        let methods = Set(first.calibration.methods.keys).union(second.calibration.methods.keys)
        for method in methods.sorted() {
            let (old, new) = (first.calibration.methods[method], second.calibration.methods[method])
            change("threshold", "\(method) \(Self.text(old?.threshold))", "\(method) \(Self.text(new?.threshold))")
            change("in doubt", "\(method) \(Self.doubt(old))", "\(method) \(Self.doubt(new))")
            change(
                "finding from", "\(method) \(Self.text(old?.findingLimit))",
                "\(method) \(Self.text(new?.findingLimit))")
        }
        change("rests on", first.calibration.sampleSize, second.calibration.sampleSize)
        change("structural level", first.calibration.structuralLevel, second.calibration.structuralLevel)
        change("logical level", first.calibration.logicalLevel, second.calibration.logicalLevel)
        let controls = Set(first.cameraControls.keys).union(second.cameraControls.keys)
        for control in controls.sorted() {
            change(
                "control", "\(control) \(first.cameraControls[control] ?? "unknown")",
                "\(control) \(second.cameraControls[control] ?? "unknown")")
        }
    }

    /// What one set says and the other does not.
    private mutating func only<Element: Hashable & Comparable>(_ what: String, _ first: [Element], _ second: [Element])
    {
        for element in Set(first).subtracting(second).sorted() {
            lines.append("   \(Self.column(what)) only in A: \(element)")
        }
        for element in Set(second).subtracting(first).sorted() {
            lines.append("   \(Self.column(what)) only in B: \(element)")
        }
    }

    private mutating func compareKnowledge(_ first: SupportSetManifest, _ second: SupportSetManifest) {
        only("not judged", Self.places(first), Self.places(second))
        only("class", first.classes?.names ?? [], second.classes?.names ?? [])
        if let old = first.classes, let new = second.classes {
            change("pictures with classes", old.annotatedCount, new.annotatedCount)
        }
        change("light", Self.light(first), Self.light(second))
        only("cannot judge", first.selfTest?.weaknesses ?? [], second.selfTest?.weaknesses ?? [])
    }

    /// Pictures are the same where their content is, whatever they are called.
    private mutating func compareFiles(_ first: SupportSetManifest, _ second: SupportSetManifest) {
        for (what, old, new) in [
            ("picture", first.images, second.images),
            ("counter-example", first.counterexamples, second.counterexamples),
        ] {
            let digests = (Set(old.compactMap { first.files[$0] }), Set(new.compactMap { second.files[$0] }))
            for path in old where first.files[path].map({ !digests.1.contains($0) }) ?? false {
                lines.append("   \(Self.column(what)) only in A: \(path)")
            }
            for path in new where second.files[path].map({ !digests.0.contains($0) }) ?? false {
                lines.append("   \(Self.column(what)) only in B: \(path)")
            }
        }
    }

    private mutating func compare(_ comparison: SetComparison, _ first: LogicalBank, _ second: LogicalBank) {
        let count = comparison.pairs.count
        lines.append("   \(Self.column("objects")) \(count == 1 ? "1 kind" : "\(count) kinds") in both")
        for (letter, kinds, bank) in [("A", comparison.onlyFirst, first), ("B", comparison.onlySecond, second)] {
            for kind in kinds {
                lines.append("   \(Self.column("object")) only in \(letter): \(Self.text(kind, in: bank))")
            }
        }
        for pair in comparison.pairs {
            if pair.first.counts != pair.second.counts {
                lines.append(
                    "   \(Self.column("object count")) \(Self.name(pair.first, in: first)): "
                        + "\(Self.text(pair.first.counts)) -> \(Self.text(pair.second.counts))")
            }
            compareTolerances(pair, first, second)
            if pair.first.name != pair.second.name {
                lines.append(
                    "   \(Self.column("object name")) \(Self.name(pair.first, in: first)) -> "
                        + Self.name(pair.second, in: second))
            }
        }
    }

    /// By how much objects of a kind may differ before it counts, part by part; the widest of the kind.
    private mutating func compareTolerances(_ pair: SetComparison.Pair, _ first: LogicalBank, _ second: LogicalBank) {
        let (old, new) = (Self.tolerances(of: pair.first, in: first), Self.tolerances(of: pair.second, in: second))
        for part in CostPart.allCases {
            let (before, now) = (old[part.rawValue], new[part.rawValue])
            guard before != now, !Self.likeTolerances.contains(now / before) else { continue }
            lines.append(
                "   \(Self.column("tolerance")) \(Self.name(pair.first, in: first)): \(part) "
                    + "\(Self.text(tolerance: before)) -> \(Self.text(tolerance: now))")
        }
    }

    private static func tolerances(of kind: SetComparison.Kind, in bank: LogicalBank) -> PartVector {
        kind.places.reduce(into: PartVector(repeating: 0)) { widest, place in
            let scales = bank.images[place.image].objects[place.object].scales
            widest.replace(with: scales, where: scales .> widest)
        }
    }

    private static func text(tolerance: Float) -> String {
        tolerance < SupportObject.anywhere ? "\((tolerance * 1000).rounded() / 1000)" : "anything"
    }

    private static func places(_ manifest: SupportSetManifest) -> [String] {
        (manifest.ignored ?? []).map { "\($0.width) x \($0.height) at \($0.x), \($0.y)" }
    }

    private static func light(_ manifest: SupportSetManifest) -> String { manifest.light == nil ? "unknown" : "known" }

    private static func column(_ what: String) -> String {
        what + String(repeating: " ", count: max(0, 17 - what.count))
    }

    private static func place(_ manifest: SupportSetManifest) -> String {
        manifest.structure.isAligned ? "at one place" : "anywhere"
    }

    private static func text(_ number: Float?) -> String { number.map { "\($0)" } ?? "not calibrated" }

    private static func doubt(_ calibration: MethodCalibration?) -> String {
        calibration.map { "\($0.guardLow) to \($0.guardHigh)" } ?? "not calibrated"
    }

    private static func text(_ counts: ClosedRange<Int>) -> String {
        counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
    }

    private static func text(_ kind: SetComparison.Kind, in bank: LogicalBank) -> String {
        "\(name(kind, in: bank)), \(text(kind.counts)) in each picture"
    }

    /// What it is called, else where it is seen.
    private static func name(_ kind: SetComparison.Kind, in bank: LogicalBank) -> String {
        if let name = kind.name { return "\"\(name)\"" }
        guard let place = kind.places.first else { return "nothing" }
        let image = bank.images[place.image]
        return "object \(image.objects[place.object].label?.id ?? "\(place.object + 1)") of \(image.name)"
    }
}

internal import Assessment
internal import Inference
internal import SupportSets

/// How two sets differ, in words.
struct SetDifferenceLines {
    private(set) var lines: [String] = []

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
        change("places not judged", first.ignored?.count ?? 0, second.ignored?.count ?? 0)
        let controls = Set(first.cameraControls.keys).union(second.cameraControls.keys)
        for control in controls.sorted() {
            change(
                "control", "\(control) \(first.cameraControls[control] ?? "unknown")",
                "\(control) \(second.cameraControls[control] ?? "unknown")")
        }
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
            if pair.first.name != pair.second.name {
                lines.append(
                    "   \(Self.column("object name")) \(Self.name(pair.first, in: first)) -> "
                        + Self.name(pair.second, in: second))
            }
        }
    }

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

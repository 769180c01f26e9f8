internal import Metrics

extension Measure {
    /// All figures of one draw: those after adaptation on good images at the top, the others in groups beside them.
    ///
    /// - Parameter withClasses: also those of each class.
    init(_ draw: ObjectDraw, withClasses: Bool) {
        let good = draw.pictures.filter { $0.type == .good }
        let others = draw.pictures.filter { $0.type != .good }
        var group = Self.scores(good, \.after)
        group["before"] = .group(Self.scores(good, \.before))
        let corrected = good.filter { $0.corrected != nil }
        group["corrected"] = .group(
            Self.scores(corrected) { $0.corrected ?? $0.after }.merging(
                ["class_accuracy": .value(Self.classAccuracy(corrected))]) { $1 })
        group["anomalous"] = .group(
            Self.scores(others, \.after).merging(["before": .group(Self.scores(others, \.before))]) { $1 })
        group["fates"] = Self.fates(good.flatMap { $0.after.fates })
        group["false_detections"] = Self.falseDetections(good)
        if withClasses { group["classes"] = .group(Self.classes(of: good)) }
        self = .group(group)
    }

    private static func scores(_ pictures: [ObjectDraw.Picture], _ sighting: (ObjectDraw.Picture) -> Sighting)
        -> [String: Measure]
    {
        let errors = pictures.map { Double(abs(sighting($0).detections.count - $0.objectCount)) }
        let annotated = pictures.filter { $0.classes != nil }.map(sighting)
        let scores = DetectionScores(of: annotated.map(\.image), matches: annotated.map(\.matches))
        return [
            "mae": .value(mean(of: errors)), "precision": .value(scores.precision), "recall": .value(scores.recall),
            "ap": .value(scores.averagePrecision), "mask_iou": .value(scores.meanOverlap),
        ]
    }

    /// The share of the objects found that go by the name of their class.
    private static func classAccuracy(_ pictures: [ObjectDraw.Picture]) -> Double? {
        var found = 0
        var right = 0
        for picture in pictures {
            for detection in picture.corrected?.detections ?? [] {
                guard let match = detection.match, let classes = picture.classes else { continue }
                found += 1
                if detection.name == classes[match] { right += 1 }
            }
        }
        return found > 0 ? Double(right) / Double(found) : nil
    }

    private static func mean(of values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The shares of objects that were found, merged, split …
    static func fates(_ fates: [ObjectFate]) -> Measure {
        var group: [String: Measure] = [:]
        for fate in ObjectFate.allCases {
            group[fate.rawValue] = .value(
                fates.isEmpty ? nil : Double(fates.count { $0 == fate }) / Double(fates.count))
        }
        return .group(group)
    }

    /// How many detections an image match nothing, by what they are.
    private static func falseDetections(_ pictures: [ObjectDraw.Picture]) -> Measure {
        let pictures = pictures.filter { $0.classes != nil }
        var group: [String: Measure] = [:]
        for fault in FalseDetection.allCases {
            let count = pictures.reduce(0) { $0 + $1.after.detections.count { $0.fault == fault } }
            group[fault.rawValue] = .value(pictures.isEmpty ? nil : Double(count) / Double(pictures.count))
        }
        return .group(group)
    }
}

internal import Metrics

extension Measure {
    /// More classes than this are not held against each other, name by name.
    private static let mostNames = 40

    /// The figures of each class of some images.
    ///
    /// Detections have no class before annotations give them one. So `recall`, `ap` and `mask_iou` are those of the
    /// class's objects among all detections that match no object of another class; in `corrected`, detections count
    /// for the class that they are named after.
    static func classes(of pictures: [ObjectDraw.Picture]) -> [String: Measure] {
        let pictures = pictures.filter { $0.classes != nil }
        let names = Set(pictures.flatMap { $0.classes ?? [] })
        var figures: [String: Measure] = [:]
        for name in names { figures[name] = .group(figuresOfClass(name, in: pictures, names: names)) }
        return figures
    }

    private static func figuresOfClass(
        _ name: String, in pictures: [ObjectDraw.Picture], names: Set<String>
    ) -> [String: Measure] {
        let places = pictures.map { picture in
            (picture.classes ?? []).enumerated().filter { $1 == name }.map(\.offset)
        }
        let fates = zip(pictures, places).flatMap { picture, places in places.map { picture.after.fates[$0] } }
        func scores(_ sighting: (ObjectDraw.Picture) -> Sighting) -> [String: Measure] {
            let scores = DetectionScores(
                of: zip(pictures, places).map { picture, places in
                    sighting(picture).image(ofObjects: places) { $0.match.map(places.contains) ?? true }
                })
            return [
                "recall": .value(scores.recall), "ap": .value(scores.averagePrecision),
                "mask_iou": .value(scores.meanOverlap),
            ]
        }
        var group = scores(\.after)
        group["per_image"] = .value(Double(fates.count) / Double(pictures.count))
        group["fates"] = self.fates(fates)
        group["before"] = .group(scores(\.before))
        group["corrected"] = .group(corrected(name, pictures, places, names: names))
        return group
    }

    /// What annotations bring to one class: its figures by name, and what its objects are called.
    private static func corrected(
        _ name: String, _ pictures: [ObjectDraw.Picture], _ places: [[Int]], names: Set<String>
    ) -> [String: Measure] {
        let known = zip(pictures, places).compactMap { picture, places in picture.corrected.map { ($0, places) } }
        let scores = DetectionScores(
            of: known.map { sighting, places in sighting.image(ofObjects: places) { $0.name == name } })
        let called = known.flatMap { sighting, places in
            sighting.detections.filter { $0.match.map(places.contains) ?? false }.map(\.name)
        }
        func share(called other: String?) -> Measure {
            .value(called.isEmpty ? nil : Double(called.count { $0 == other }) / Double(called.count))
        }
        var group: [String: Measure] = [
            "mae": .value(scores.countError), "precision": .value(scores.precision), "recall": .value(scores.recall),
            "ap": .value(scores.averagePrecision), "mask_iou": .value(scores.meanOverlap),
            "class_accuracy": share(called: name), "unnamed": share(called: nil),
        ]
        if names.count <= mostNames {
            var confusion: [String: Measure] = [:]
            for other in names { confusion[other] = share(called: other) }
            group["called"] = .group(confusion)
        }
        return group
    }
}

package import Assessment
package import Imaging
internal import Metrics

/// The objects that were found in one image, compared with those that are there.
package struct Sighting: Sendable, Codable {
    package struct Detection: Sendable, Codable {
        package let confidence: Float

        /// The kind of object of the support set; -1 for none.
        package let kind: Int

        /// What the object of the support set is called.
        package let name: String?

        /// The place of the object that it is matched with.
        package let match: Int?

        /// Nil for a match, and where it is not known what is there.
        package let fault: FalseDetection?

        /// Objects that it overlaps, with intersection over union.
        fileprivate let overlaps: [Int: Double]

        /// Kept only for the images that a report shows.
        package var mask: RunLengthMask?
    }

    package var detections: [Detection]

    /// One for each object that is there; empty where none is known.
    package let fates: [ObjectFate]

    /// Half of an area: more is most of it.
    private static let most = 0.5

    /// What a detection and an object have to share of their union to match.
    static let overlap = 0.5

    /// What was found where nothing is known of what is there.
    init(of seen: [SeenObject]) {
        fates = []
        detections = seen.map { object in
            Detection(
                confidence: object.confidence, kind: object.kind, name: object.name, match: nil, fault: nil,
                overlaps: [:],
                mask: RunLengthMask(object.mask))
        }
    }

    /// - Parameter objects: all on one grid, which the detections are brought to.
    package init(of seen: [SeenObject], truth objects: [TrueObject], size: PixelSize) {
        let grid = objects.first?.mask.grid ?? size
        let masks = seen.map { $0.mask.scaled(to: grid) }
        let common = masks.map { mask in objects.map { mask.intersectionArea($0.mask) } }
        let overlaps = masks.indices.map { detection in
            objects.indices.map { object in
                let shared = common[detection][object]
                let either = masks[detection].area + objects[object].mask.area - shared
                return either > 0 ? Double(shared) / Double(either) : 0
            }
        }
        let image = DetectionImage(
            confidences: seen.map { Double($0.confidence) }, overlaps: overlaps, truthCount: objects.count)
        let matches = image.matches(overlap: Self.overlap)
        /// The detection holds most of the object.
        func holds(_ detection: Int, _ object: Int) -> Bool {
            Double(common[detection][object]) >= Self.most * Double(objects[object].mask.area)
        }
        /// The detection lies mostly in the object.
        func isInside(_ detection: Int, _ object: Int) -> Bool {
            common[detection][object] > 0
                && Double(common[detection][object]) >= Self.most * Double(masks[detection].area)
        }
        let heldCounts = masks.indices.map { detection in objects.indices.count { holds(detection, $0) } }
        let matched = Set(matches.compactMap(\.self))
        fates = objects.indices.map { object in
            if matched.contains(object) { return .found }
            let holders = masks.indices.filter { holds($0, object) }
            if holders.contains(where: { heldCounts[$0] > 1 }) { return .merged }
            if !holders.isEmpty { return .oversized }
            let pieces = masks.indices.count { isInside($0, object) }
            return pieces > 1 ? .split : pieces == 1 ? .partial : .missed
        }
        detections = seen.indices.map { index in
            let fault: FalseDetection? =
                if matches[index] != nil {
                    nil
                } else if heldCounts[index] > 1 {
                    .several
                } else if objects.indices.contains(where: { isInside(index, $0) }) {
                    .piece
                } else {
                    heldCounts[index] == 1 ? .oversized : .clutter
                }
            return Detection(
                confidence: seen[index].confidence, kind: seen[index].kind, name: seen[index].name,
                match: matches[index],
                fault: fault,
                overlaps: Dictionary(
                    overlaps[index].enumerated().filter { $1 > 0 }.map { ($0, $1) }, uniquingKeysWith: { $1 }),
                mask: RunLengthMask(seen[index].mask))
        }
    }

    /// How far an object's match covers it, 0 without one.
    package func overlap(ofObject place: Int) -> Double {
        detections.first { $0.match == place }?.overlaps[place] ?? 0
    }

    /// As the metrics take it.
    var image: DetectionImage {
        DetectionImage(
            confidences: detections.map { Double($0.confidence) },
            overlaps: detections.map { detection in fates.indices.map { detection.overlaps[$0] ?? 0 } },
            truthCount: fates.count)
    }

    /// The same for some of the objects and some of the detections.
    func image(ofObjects places: [Int], where isCounted: (Detection) -> Bool) -> DetectionImage {
        let counted = detections.filter(isCounted)
        return DetectionImage(
            confidences: counted.map { Double($0.confidence) },
            overlaps: counted.map { detection in places.map { detection.overlaps[$0] ?? 0 } }, truthCount: places.count)
    }

    var matches: [Int?] { detections.map(\.match) }

    /// The same without the masks.
    var bare: Sighting {
        var bare = self
        for index in bare.detections.indices { bare.detections[index].mask = nil }
        return bare
    }
}

package import Inference

/// One choice of support images, the objects found by it in the test images, and how far they agree with what is there.
package struct ObjectDraw: KeptDraw {
    /// One test image.
    package struct Picture: Sendable, Codable {
        package let name: String
        package let path: String
        package let type: SampleType
        package let subtype: String?

        /// How many objects are there.
        package let objectCount: Int

        /// The classes of the objects that are there; nil where only their count is known.
        package let classes: [String]?

        /// What is found without any support image, and with those of the draw.
        package var before: Sighting
        package var after: Sighting

        /// What is found with annotated images; nil where there are none.
        package var corrected: Sighting?

        /// Its detections have kept their masks, so that a report can show them.
        var isShown: Bool { after.detections.allSatisfy { $0.mask != nil } }

        /// How much a report wants to show it: what is wrong with what was found.
        var faultCount: Int {
            guard classes != nil else { return abs(after.detections.count - objectCount) }
            return after.fates.count { $0 != .found } + after.detections.count { $0.match == nil }
        }
    }

    package let category: String
    package let seed: Int
    package let model: ModelIdentity
    package let supports: [String]

    /// The support images whose annotations were used for what is `corrected`.
    package let annotated: [String]
    package let pictures: [Picture]
    package let enrolmentSeconds: Double

    /// Pictures of each draw, good and others, that keep the masks of what was found: those with the most faults.
    private static let shownCount = 4

    init(
        category: String, seed: Int, model: ModelIdentity, supports: [String], annotated: [String],
        pictures: [Picture],
        enrolmentSeconds: Double
    ) {
        self.category = category
        self.seed = seed
        self.model = model
        self.supports = supports
        self.annotated = annotated
        self.enrolmentSeconds = enrolmentSeconds
        var shown: Set<Int> = []
        for isGood in [true, false] {
            let worst = pictures.indices.filter { (pictures[$0].type == .good) == isGood }
                .sorted { (pictures[$0].faultCount, $1) > (pictures[$1].faultCount, $0) }
            shown.formUnion(worst.prefix(Self.shownCount))
        }
        self.pictures = pictures.indices.map { index in
            var picture = pictures[index]
            picture.before = picture.before.bare
            picture.corrected = picture.corrected?.bare
            if !shown.contains(index) { picture.after = picture.after.bare }
            return picture
        }
    }
}

package import Inference

/// One choice of support images, the objects found by it in the test images, and how far they agree with what is there.
package struct ObjectDraw: KeptDraw {
    /// One test image.
    package struct Picture: Sendable, Codable {
        package let name: String
        package let path: String
        package let type: SampleType
        package let subtype: String?

        /// The classes of the objects that are there.
        package let classes: [String]

        /// What is found without any support image, and with those of the draw.
        package var before: Sighting
        package var after: Sighting
    }

    package let category: String
    package let seed: Int
    package let model: ModelIdentity
    package let supports: [String]
    package let pictures: [Picture]
    package let enrolmentSeconds: Double

    /// Pictures of each draw that keep their masks: those with the most faults, good ones first.
    private static let shownCount = 4

    init(
        category: String, seed: Int, model: ModelIdentity, supports: [String], pictures: [Picture],
        enrolmentSeconds: Double
    ) {
        self.category = category
        self.seed = seed
        self.model = model
        self.supports = supports
        self.enrolmentSeconds = enrolmentSeconds
        var shown: Set<Int> = []
        for isGood in [true, false] {
            let worst = pictures.indices.filter { (pictures[$0].type == .good) == isGood }
                .sorted { (pictures[$0].after.faultCount, $1) > (pictures[$1].after.faultCount, $0) }
            shown.formUnion(worst.prefix(Self.shownCount))
        }
        self.pictures = pictures.indices.map { index in
            var picture = pictures[index]
            guard !shown.contains(index) else { return picture }
            picture.before = picture.before.bare
            picture.after = picture.after.bare
            return picture
        }
    }
}

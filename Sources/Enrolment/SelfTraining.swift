internal import Assessment
internal import Imaging
internal import SupportSets

/// Self-training with verified pseudo-labels (ROMAD 4.2) on frozen features.
///
/// A teacher learnt from the annotated images labels the others; a labelling is kept if its class histogram equals one of
/// the annotated images' (eq. 1 with a threshold of 0); a student is learnt from both and labels the others again.
package struct SelfTraining {
    private let names: [String]
    private let annotated: [LabelledScene]
    private let centre: [Float]

    struct Outcome {
        let head: ClassHead
        let report: ClassReport

        /// For each image without annotation its objects; nil where they were not verified.
        let labelled: [SettledImage?]
    }

    /// - Parameter centre: the mean feature of the good images.
    init(annotated: [LabelledScene], names: [String], centre: [Float]) {
        precondition(!annotated.isEmpty && !names.isEmpty)
        self.annotated = annotated
        self.names = names
        self.centre = centre
    }

    /// - Parameters:
    ///   - augmented: annotated images with more of their rare objects; for the teacher only.
    ///   - others: the images without annotation.
    func run(augmented: [LabelledScene], others: [Scene]) -> Outcome {
        let own = annotated.map { $0.samples(names: names) }
        let references = Set(annotated.map { $0.histogram(of: names) })
        let confusion = confusion(samples: own)
        let teacher = head(of: own + augmented.map { $0.samples(names: names) })
        var passes: [ClassReport.Pass] = []
        func label(by head: ClassHead) -> [SettledImage?] {
            let labelled = others.map { scene -> SettledImage? in
                let image = ClassDetection(in: scene, by: head).image
                let histogram = LabelledScene(scene: scene, image: image).histogram(of: names)
                return Self.distance(from: histogram, to: references) == 0 ? image : nil
            }
            passes.append(ClassReport.Pass(verified: labelled.count { $0 != nil }, of: others.count))
            return labelled
        }
        var labelled: [SettledImage?] = []
        var student = teacher
        if !others.isEmpty {
            let first = label(by: teacher)
            student = head(
                of: own
                    + zip(others, first).compactMap { scene, image in
                        image.map { LabelledScene(scene: scene, image: $0).samples(names: names) }
                    })
            labelled = label(by: student)
        }
        let report = ClassReport(
            names: names, annotatedCount: annotated.count,
            histograms: references.sorted { $0.lexicographicallyPrecedes($1) }, passes: passes, confusion: confusion)
        return Outcome(head: student, report: report, labelled: labelled)
    }

    /// `min_k Σ_c (h_c − h_c^(k))²`.
    package static func distance(from histogram: [Int], to references: Set<[Int]>) -> Int {
        references.map { reference in
            zip(histogram, reference).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }.min() ?? Int.max
    }

    private func head(of samples: [[ClassSample]]) -> ClassHead {
        ClassHeadFit.head(names: names, samples: samples.flatMap { $0 }, centre: centre)
    }

    /// Each annotated image labelled by what the others teach; with one alone there is nothing to learn from.
    private func confusion(samples: [[ClassSample]]) -> [[Int]] {
        let count = names.count
        var table = [[Int]](repeating: [Int](repeating: 0, count: count + 1), count: count + 1)
        guard annotated.count > 1 else { return table }
        for (left, image) in annotated.enumerated() {
            let others = samples.indices.filter { $0 != left }.map { samples[$0] }
            let found = ClassDetection(in: image.scene, by: head(of: others)).image.objects
            var isFree = found.map { _ in true }
            for object in image.image.objects {
                guard let row = object.label.name.flatMap({ names.firstIndex(of: $0) }) else { continue }
                let best = found.indices.filter { isFree[$0] }.max {
                    found[$0].mask.iou(object.mask) < found[$1].mask.iou(object.mask)
                }
                guard let best, found[best].mask.iou(object.mask) >= 0.5,
                    let column = found[best].label.name.flatMap({ names.firstIndex(of: $0) })
                else {
                    table[row][count] += 1
                    continue
                }
                isFree[best] = false
                table[row][column] += 1
            }
            for index in found.indices where isFree[index] {
                if let column = found[index].label.name.flatMap({ names.firstIndex(of: $0) }) {
                    table[count][column] += 1
                }
            }
        }
        return table
    }
}

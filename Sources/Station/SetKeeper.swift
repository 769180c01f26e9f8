internal import Assessment
internal import Imaging
internal import Inference
internal import Publishing
internal import SupportSets
internal import Verdicts

/// Brings support sets as far as they can be brought off the hot path: copied, checked, mapped, matched with the
/// model, and verified by their own images.
struct SetKeeper: Sendable {
    private let library: SetLibrary
    private let models: ModelShelf

    /// What all sets must be of; nil where each is run in its own.
    private let precision: Precision?

    init(library: SetLibrary, models: ModelShelf, precision: Precision?) {
        self.library = library
        self.models = models
        self.precision = precision
    }

    /// Blocks for as long as it takes to load a model and judge every support image.
    func prepare(_ directory: String, method: Method) throws(SetRefusal) -> JudgingSet {
        let adopted: (set: SupportSet, folder: String)
        do throws(SupportSetError) {
            adopted = try library.adopt(directory)
        } catch {
            throw SetRefusal(reason: error.description)
        }
        let preprocessing = adopted.set.manifest.preprocessing
        let enrolled = adopted.set.manifest.model.precision
        guard let precision = precision ?? Precision(rawValue: enrolled) else {
            throw SetRefusal(reason: "\(directory): it names the precision '\(enrolled.printable)'; enrol it anew")
        }
        let shape = ModelShape(
            imageSize: preprocessing.imageSize, segmenterLongSide: preprocessing.segmenterLongSide,
            precision: precision)
        let assessor = try assessor(for: adopted.set, shape: shape, method: method, directory: directory)
        try verify(assessor, images: adopted.folder + "/images", directory: directory)
        return JudgingSet(assessor: assessor, since: .now(), shape: shape)
    }

    /// Forgets the copies and models that are in no line's hands any more.
    ///
    /// - Returns: the copies that could not be removed.
    func keepOnly(_ sets: [JudgingSet]) -> [String] {
        models.keepOnly(Set(sets.map(\.shape)))
        return library.prune(keeping: Set(sets.map(\.identity.digest)))
    }

    private func assessor(
        for set: SupportSet, shape: ModelShape, method: Method, directory: String
    ) throws(SetRefusal) -> Assessor {
        let model: any PerceptionModel
        do throws(InferenceError) {
            model = try models.model(for: shape)
        } catch {
            throw SetRefusal(reason: "\(directory): the model cannot be loaded for it: \(error)")
        }
        do throws(AssessmentError) {
            return try Assessor(model: model, set: set, method: method)
        } catch {
            throw SetRefusal(reason: "\(directory): \(error)")
        }
    }

    /// Every support image must not fail by the set it belongs to.
    private func verify(_ assessor: Assessor, images: String, directory: String) throws(SetRefusal) {
        for support in assessor.set.logical.images {
            let decision: Decision
            do {
                decision = try assessor.assess(Image(contentsOf: images + "/" + support.name)).decision
            } catch {
                throw SetRefusal(
                    reason: "\(directory): its image \(support.name) cannot be judged (\(error)); enrol the set anew")
            }
            guard decision == .pass || decision == .inconclusive else {
                throw SetRefusal(
                    reason: """
                        \(directory): its own image \(support.name) gives \(decision.rawValue), so the set contradicts \
                        itself; enrol it anew
                        """)
            }
        }
    }
}

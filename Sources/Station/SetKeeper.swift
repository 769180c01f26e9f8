internal import Assessment
internal import Inference
internal import Publishing
internal import SupportSets

/// Brings support sets as far as they can be brought off the hot path: copied, checked, mapped, matched with the
/// model, and verified by their own images.
struct SetKeeper: Sendable {
    let library: SetLibrary
    private let models: ModelShelf

    /// What all sets must be of; nil where each is run in its own.
    private let precision: Precision?

    init(library: SetLibrary, models: ModelShelf, precision: Precision?) {
        self.library = library
        self.models = models
        self.precision = precision
    }

    /// Blocks for as long as it takes to load a model and judge every support image.
    ///
    /// - Parameters:
    ///   - digest: what the set must have; nil where any will do.
    ///   - escapes: pictures that the set must not pass, beside its own counter-examples.
    ///   - known: sets that lines hold already; what is one of them is not opened and verified again.
    ///   - isVerified: false for a set that was verified when it was in force.
    func prepare(
        _ place: SetPlace, digest wanted: String? = nil, method: Method, policy: SetPolicy, escapes: [String] = [],
        among known: [JudgingSet] = [], isVerified: Bool = true
    ) throws(SetRefusal) -> JudgingSet {
        let terms = try policy.terms()
        if case .folder(let path) = place {
            do throws(SupportSetError) {
                try SetLibrary.checkWhole(path)
            } catch {
                throw SetRefusal(reason: error.description)
            }
        }
        if var set = Self.held(place, method: method, among: known), set.terms == terms,
            wanted ?? set.identity.digest == set.identity.digest
        {
            try Self.check(SetProof(of: escapes, by: set.assessor) { $0.isAsItShould }, of: set.label)
            set.since = .now()
            set.by = .settings
            return set
        }
        let label: String
        let adopted: (set: SupportSet, folder: String)
        do throws(SupportSetError) {
            switch place {
            case .copy(let digest):
                adopted = try library.open(digest, on: terms)
                label = "\(adopted.set.identity.name)@\(adopted.set.identity.version)"
            case .folder(let path):
                label = path
                adopted = try library.adopt(path, on: terms)
            case .archive(let path):
                label = path
                adopted = try library.adopt(archive: path, on: terms)
            case .web(let addresses, _):
                throw SupportSetError.unreadable(path: addresses.first ?? "the address", reason: "it was not fetched")
            }
        } catch {
            throw SetRefusal(reason: error.description)
        }
        if let wanted, adopted.set.identity.digest != wanted {
            throw SetRefusal(
                reason: "\(label): has the digest \(adopted.set.identity.digest), not \(wanted); it is another set")
        }
        let preprocessing = adopted.set.manifest.preprocessing
        let enrolled = adopted.set.manifest.model.precision
        guard let precision = precision ?? Precision(rawValue: enrolled) else {
            throw SetRefusal(reason: "\(label): it names the precision '\(enrolled.printable)'; enrol it anew")
        }
        let shape = ModelShape(
            imageSize: preprocessing.imageSize, segmenterLongSide: preprocessing.segmenterLongSide,
            precision: precision)
        let assessor = try assessor(for: adopted.set, shape: shape, method: method, directory: label)
        if isVerified {
            let proof = SetProof(of: adopted.folder, by: assessor, escapes: escapes) { $0.isAsItShould }
            try Self.check(proof, of: label)
        }
        return JudgingSet(assessor: assessor, since: .now(), shape: shape, terms: terms)
    }

    /// Makes the station's own copy of the set in a file; digests and signature are checked, nothing else is.
    func take(in file: String, on terms: SetTerms) throws(SetRefusal) {
        do throws(SupportSetError) {
            _ = try library.adopt(archive: file, on: terms)
        } catch {
            throw SetRefusal(reason: error.description)
        }
    }

    /// What the set at a place calls itself; nothing of it is checked yet.
    func identity(at place: SetPlace) throws(SetRefusal) -> SupportSetIdentity? {
        switch place {
        case .copy(let digest): SetFinder.identity(ofSetIn: library.folder(of: digest))
        case .folder(let path): SetFinder.identity(ofSetIn: path)
        case .archive(let path): try SetLibrary.identity(ofArchive: path)
        case .web: nil
        }
    }

    /// Forgets the models that are in no line's hands, and all copies but those of `digests`.
    func keepOnly(_ sets: [JudgingSet], digests: Set<String>) -> (removed: [String], left: [String]) {
        models.keepOnly(Set(sets.map(\.shape)))
        return library.prune(keeping: digests.union(sets.map(\.identity.digest)))
    }

    private static func held(_ place: SetPlace, method: Method, among known: [JudgingSet]) -> JudgingSet? {
        let digest: String?
        switch place {
        case .copy(let copy): digest = copy
        case .folder(let path): digest = SetFinder.identity(ofSetIn: path)?.digest
        case .archive, .web: digest = nil
        }
        return known.first { $0.identity.digest == digest && $0.assessor.method == method }
    }

    /// The first picture that is not judged as it should be refuses the set.
    private static func check(_ proof: SetProof, of label: String) throws(SetRefusal) {
        if let contradiction = proof.contradictions.first { throw SetRefusal(reason: "\(label): \(contradiction)") }
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
}

internal import ArgumentParser
internal import Assessment
internal import Inference
internal import InferenceRuntime
internal import SupportSets
internal import Verdicts

struct SetVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a set as a station does before it judges by it.",
        discussion: """
            Digests and bounds, signature, model, its own pictures, which must not fail, and its counter-examples, which \
            must. The exit code is 0 where all is well, 3 where the set is damaged, not trusted or of another model, and \
            1 where its pictures contradict it.

            Examples:
              assayctl set verify tray-2
              assayctl set verify tray-2.assayset --trust plant.key.pub --counterexamples escapes/
            """)

    @Argument(help: "A set's folder, or an .assayset file.")
    var set: String

    @OptionGroup
    var trust: TrustOptions

    @Option(help: "Pictures that must not pass either: a picture or a folder of them. May be given several times.")
    var counterexamples: [String] = []

    @Option(help: "How to judge: assay, objectcore or romad.")
    var method: Method = .assay

    @OptionGroup
    var bundle: BundleOptions

    func run() throws {
        let escapes = try counterexamples.isEmpty ? [] : Pictures.paths(from: counterexamples)
        let given = try GivenSet(set, trusting: try trust.keys())
        let facts: SetFacts
        do throws(SupportSetError) {
            facts = SetFacts(try SetHead(of: given.folder), path: given.path)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        let manifest = given.set.manifest
        print("\(facts.name)@\(facts.version)")
        print("  digest            \(facts.digest), \(manifest.files.count) files as it lists them")
        guard facts.signature != "invalid" else {
            throw CommandFailure.badInput("\(given.path): its signature does not belong to it; sign it anew")
        }
        print("  signature         \(facts.signatureText)\(trust.trust.isEmpty ? "" : ", trusted")")
        let assessor = try assessor(for: given)
        print("  model             \(manifest.model.name), \(manifest.model.precision): as enrolled")
        let proof = SetProof(of: given.folder, by: assessor, escapes: escapes)
        print("  own pictures      \(Self.count(proof, .support)) do not fail")
        print("  counter-examples  \(Self.count(proof, .counterexample)) fail")
        if !escapes.isEmpty { print("  others            \(Self.count(proof, .escape)) do not pass") }
        for contradiction in proof.contradictions {
            StandardError.write("assayctl: \(given.path): \(contradiction)")
        }
        if !proof.contradictions.isEmpty { throw Status.fail }
    }

    private func assessor(for given: GivenSet) throws -> Assessor {
        let manifest = given.set.manifest
        guard let precision = Precision(rawValue: manifest.model.precision) else {
            throw CommandFailure.badInput("\(given.path): it names an unknown precision; enrol it anew")
        }
        let model = try bundle.open(
            imageSize: manifest.preprocessing.imageSize,
            segmenterLongSide: manifest.preprocessing.segmenterLongSide, precision: precision)
        do {
            return try Assessor(model: model, set: given.set, method: method)
        } catch {
            throw CommandFailure.badInput("\(given.path): \(error)")
        }
    }

    private static func count(_ proof: SetProof, _ role: SetProof.Role) -> String {
        let all = proof.outcomes.filter { $0.role == role }
        return "\(all.count(where: \.isAsItShould)) of \(all.count)"
    }
}

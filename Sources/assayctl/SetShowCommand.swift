internal import ArgumentParser
internal import Inference
internal import SupportSets

struct SetShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Say what a set holds and what it can promise.",
        discussion: """
            The whole set is checked: every digest and every bound.

            Examples:
              assayctl set show tray-2
              assayctl set show tray-2.assayset --json
              assayctl set show tray-2 --pictures look/
            """)

    @Argument(help: "A set's folder, or an .assayset file.")
    var set: String

    @Flag(help: "The facts and the whole manifest as JSON.")
    var json = false

    @Option(help: "Write each of its pictures with the objects drawn in to this folder.")
    var pictures: String?

    private struct Report: Encodable {
        let facts: SetFacts
        let manifest: SupportSetManifest

        /// How many objects each image has.
        let objects: [Int]
    }

    func run() throws {
        let given = try GivenSet(set)
        let facts: SetFacts
        do throws(SupportSetError) {
            facts = SetFacts(try SetHead(of: given.folder), path: given.path)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        let objects = given.set.logical.images.map(\.objects.count)
        if json {
            print(try SetFacts.json(Report(facts: facts, manifest: given.set.manifest, objects: objects)))
        } else {
            for line in Self.lines(of: given.set, facts) { print(line) }
        }
        if let pictures { try SetPictures(folder: pictures).write(given) }
    }

    private static func lines(of set: SupportSet, _ facts: SetFacts) -> [String] {
        let manifest = set.manifest
        let counts = set.logical.images.map { String($0.objects.count) }.joined(separator: ", ")
        var lines = [
            "\(facts.name)@\(facts.version)",
            "  digest            \(facts.digest)",
            "  signature         \(facts.signatureText)",
            "  created           \(manifest.created)",
            "  good pictures     \(manifest.k)",
            "  counter-examples  \(facts.counterexamples)",
            "  parts found       \(counts)",
            "  product lies      \(manifest.structure.isAligned ? "at one place" : "anywhere")",
            "  picture size      \(manifest.preprocessing.imageWidth) x \(manifest.preprocessing.imageHeight)",
            "  model             \(manifest.model.name) (\(manifest.model.digest.prefix(12))), "
                + manifest.model.precision,
        ]
        let names = Swift.Set(set.logical.images.flatMap { $0.objects.compactMap(\.label?.name) })
        if !names.isEmpty { lines.append("  names             \(names.sorted().joined(separator: ", "))") }
        for (method, calibration) in manifest.calibration.methods.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "  threshold         \(method) \(calibration.threshold), in doubt from \(calibration.guardLow) "
                    + "to \(calibration.guardHigh)")
        }
        lines.append("  rests on          \(manifest.calibration.sampleSize) scores (\(manifest.calibration.method))")
        lines.append("  \(manifest.calibration.promise)")
        if let places = manifest.ignored { lines.append("  not judged        \(places.count) place(s)") }
        for (name, value) in manifest.cameraControls.sorted(by: { $0.key < $1.key }) {
            lines.append("  control           \(name) = \(value)")
        }
        return lines + (manifest.selfTest.map { SelfTestLines($0).lines } ?? [])
    }
}

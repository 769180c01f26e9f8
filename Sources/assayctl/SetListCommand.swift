internal import ArgumentParser
internal import Foundation
internal import SupportSets

struct SetListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the sets in some folders.",
        discussion: """
            Only manifests and signatures are read; assayctl set verify checks a set as a whole.

            Examples:
              assayctl set list
              assayctl set list /mnt/sets tray.assayset --json
            """)

    @Argument(help: "Folders of sets, sets, or .assayset files; the station's own sets unless given.")
    var paths: [String] = ["/var/lib/assay/sets"]

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        var isBroken = false
        for path in try paths.flatMap(Self.sets) {
            do throws(SupportSetError) {
                let facts = SetFacts(try SetHead(of: path), path: path)
                print(try Self.line(facts, json: json))
            } catch {
                isBroken = true
                StandardError.write("assayctl: \(error.description)")
            }
        }
        if isBroken { throw Status.badInput }
    }

    private static func line(_ facts: SetFacts, json: Bool) throws(SupportSetError) -> String {
        do {
            if json { return try SetFacts.json(facts) }
        } catch {
            throw .unreadable(path: facts.path, reason: "\(error)")
        }
        let pictures = facts.images == 1 ? "1 picture" : "\(facts.images) pictures"
        return "\(facts.name)@\(facts.version)  \(facts.digest.prefix(12))  \(facts.created)  \(pictures)  "
            + "\(facts.signatureText)  \(facts.path)"
    }

    /// The sets that a path stands for: itself, or those that lie in it.
    private static func sets(at given: String) throws -> [String] {
        let path = GivenSet.trimmed(given)
        let files = FileManager.default
        if GivenSet.isArchive(path) || files.fileExists(atPath: path + "/manifest.json") { return [path] }
        let names: [String]
        do {
            names = try files.contentsOfDirectory(atPath: path)
        } catch {
            throw CommandFailure.badInput("\(path): cannot be listed; check the path and its permissions")
        }
        return names.sorted().map { path + "/" + $0 }.filter {
            $0.hasSuffix(GivenSet.ending) || files.fileExists(atPath: $0 + "/manifest.json")
        }
    }
}

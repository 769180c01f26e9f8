internal import ArgumentParser
internal import SupportSets

struct SetSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a set, so that stations which trust the key take it.",
        discussion: """
            The set is checked as a whole first. Ed25519 over the bytes of manifest.json, which holds the digest of \
            every other file, goes into the file signature, in place of one that is there.

            Examples:
              assayctl set sign tray-2 --key plant.key
            """)

    @Argument(help: "The set's folder.")
    var folder: String

    @Option(help: "The private key's file, as assayctl set key writes it.")
    var key: String

    func run() throws {
        let folder = GivenSet.trimmed(self.folder)
        do throws(SupportSetError) {
            let key = try PrivateKey(contentsOf: self.key)
            let set = try SupportSet(opening: folder)
            let signature = try SetSignature.sign(folder, by: key)
            // What was signed is what was checked.
            guard try SupportSet(opening: folder, trusting: TrustedKeys([signature.key])).identity == set.identity
            else {
                throw .damaged(path: folder, problem: "it changed while it was signed")
            }
            print("\(set.identity.name)@\(set.identity.version) signed by \(signature.key)")
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}

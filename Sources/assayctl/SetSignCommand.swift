internal import ArgumentParser
internal import SupportSets

struct SetSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a set, so that stations which trust the key take it.",
        discussion: """
            The set is checked as a whole first. Ed25519 over the bytes of manifest.json, which holds the digest of \
            every other file, goes into the file signature, in place of one that is there. An .assayset file is \
            written anew, whole or not at all.

            Examples:
              assayctl set sign tray-2 --key plant.key
              assayctl set sign tray-2.assayset --key plant.key
            """)

    @Argument(help: "A set's folder, or an .assayset file.")
    var set: String

    @Option(help: "The private key's file, as assayctl set key writes it.")
    var key: String

    func run() throws {
        let given = try GivenSet(set)
        do throws(SupportSetError) {
            let key = try PrivateKey(contentsOf: self.key)
            let signature = try SetSignature.sign(given.folder, by: key)
            // What was signed is what was checked.
            let signed = try SupportSet(opening: given.folder, trusting: TrustedKeys([signature.key])).identity
            guard signed == given.set.identity else {
                throw .damaged(path: given.path, problem: "it changed while it was signed")
            }
            if given.isArchive { try SetArchive.pack(given.folder, to: given.path, replacing: true) }
            print("\(signed.name)@\(signed.version) signed by \(signature.key)")
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}

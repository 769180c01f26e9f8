internal import ArgumentParser
internal import Foundation
internal import SupportSets

struct SetKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make a key that signs sets.",
        discussion: """
            Writes the private key to the file (mode 0600) and the public one beside it, with .pub at its end. The \
            private key stays with whoever answers for sets; the public one goes to every station, into \
            support_sets.trust. Both are one line of text: ed25519-private: or ed25519: and 64 hexadecimal digits.

            Examples:
              assayctl set key plant.key
            """)

    @Argument(help: "The private key's file; it must not exist yet.")
    var path: String

    func run() throws {
        let open = path + ".pub"
        guard !FileManager.default.fileExists(atPath: open) else {
            throw CommandFailure.badInput("\(open): exists already; name another file")
        }
        do throws(SupportSetError) {
            let key = PrivateKey()
            try key.write(to: path)
            try key.publicKey.write(to: open)
            print("\(key.publicKey)")
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}

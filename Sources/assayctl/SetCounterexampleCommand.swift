internal import ArgumentParser
internal import Imaging
internal import SupportSets

struct SetCounterexampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counterexample",
        abstract: "Keep pictures of defects that once were passed: a set that passes them is refused.",
        discussion: """
            The set gets another digest; a signature it had is left out. Whether it tells the pictures apart is said by \
            assayctl set verify.

            Examples:
              assayctl set counterexample tray-2 escaped.jpg --set-version 3 --output tray-3
              assayctl set verify tray-3
            """)

    @Argument(help: "The set's folder.")
    var folder: String

    @Argument(help: "Pictures (PNG or JPEG), or folders of them.")
    var pictures: [String]

    @Option(name: .shortAndLong, help: "The folder to write; the new set takes the old one's place unless given.")
    var output: String?

    @Option(help: "The new set's version; that of the old one unless given.")
    var setVersion: String?

    func run() throws {
        let folder = GivenSet.trimmed(self.folder)
        let read = try Pictures.paths(from: pictures).map { path in
            (name: path, bytes: try Pictures.read(path).bytes)
        }
        do throws(SupportSetError) {
            let signature = try SupportSetFolder.signature(in: folder)
            let target = output.map(GivenSet.trimmed) ?? folder
            let identity = try SetRevision(of: folder).adding(counterexamples: read, version: setVersion, to: target)
            let kept = try SetHead(of: target).manifest.counterexamples.count
            print("\(identity.name)@\(identity.version): \(kept) counter-example(s) in \(target)")
            print("  digest            \(identity.digest)")
            if signature != nil { print("  signature         left out; sign it anew with assayctl set sign") }
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}

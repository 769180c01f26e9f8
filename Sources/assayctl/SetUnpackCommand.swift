internal import ArgumentParser
internal import SupportSets

struct SetUnpackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpack",
        abstract: "Make a set's folder of an .assayset file.",
        discussion: """
            The folder appears whole or not at all; an archive that holds anything but a set is refused.

            Examples:
              assayctl set unpack tray-2.assayset
              assayctl set unpack tray-2.assayset --output tray --trust plant.key.pub
            """)

    @Argument(help: "The .assayset file.")
    var archive: String

    @Option(name: .shortAndLong, help: "The folder to make; the file's name without .assayset unless given.")
    var output: String?

    @OptionGroup
    var trust: TrustOptions

    func validate() throws {
        if output == nil, !archive.hasSuffix(GivenSet.ending) {
            throw ValidationError("Say where the folder goes with --output.")
        }
    }

    func run() throws {
        let keys = try trust.keys()
        let folder = GivenSet.trimmed(output ?? String(archive.dropLast(GivenSet.ending.count)))
        do throws(SupportSetError) {
            let opened = try SetArchive(opening: archive, trusting: keys)
            try opened.unpack(to: folder)
            let set = try SupportSet(opening: folder, trusting: keys)
            print("\(set.identity.name)@\(set.identity.version) in \(folder)")
            print("  digest            \(set.identity.digest)")
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}

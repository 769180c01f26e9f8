internal import ArgumentParser
internal import SupportSets

struct SetPackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Put a set into one file.",
        discussion: """
            The set is checked as a whole first. The file is a plain tar archive; one set is always the same bytes.

            Examples:
              assayctl set pack tray-2
              assayctl set pack tray-2 --output /mnt/sets/tray-2.assayset
            """)

    @Argument(help: "The set's folder.")
    var folder: String

    @Option(name: .shortAndLong, help: "The file to write; the folder's name with .assayset unless given.")
    var output: String?

    @Flag(help: "Replace the file if it exists.")
    var replace = false

    func run() throws {
        let folder = GivenSet.trimmed(self.folder)
        let path = output ?? folder + GivenSet.ending
        do throws(SupportSetError) {
            let set = try SupportSet(opening: folder)
            try SetArchive.pack(folder, to: path, replacing: replace)
            print("\(set.identity.name)@\(set.identity.version) in \(path)")
            print("  digest            \(set.identity.digest)")
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }
}

internal import ArgumentParser
internal import Assessment
internal import SupportSets

struct SetDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what belongs to set A and not to set B, and the other way round.",
        discussion: """
            Objects are paired kind by kind, by the scales that pictures are judged by; what has no partner belongs to \
            one set alone. --pictures draws every picture beside the one of the other set that is most like it, with \
            what the other set does not know.

            Examples:
              assayctl set diff tray-1 tray-2
              assayctl set diff tray-1 tray-2.assayset --pictures look/
            """)

    @Argument(help: "A set's folder, or an .assayset file.")
    var a: String

    @Argument(help: "The set to compare it with.")
    var b: String

    @Option(help: "Write pictures of both, side by side, to this folder.")
    var pictures: String?

    func run() throws {
        let first = try GivenSet(a)
        let second = try GivenSet(b)
        let comparison = SetComparison(first.set, second.set)
        for line in SetDifferenceLines(first.set, second.set, comparison).lines { print(line) }
        if let pictures { try SetPictures(folder: pictures).write(first, second, comparison) }
    }
}

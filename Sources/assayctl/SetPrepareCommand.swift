internal import ArgumentParser
internal import Publishing

struct SetPrepareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Have the daemon fetch, check and verify a support set, so that it can take over at once.",
        discussion: """
            Without lines the set is for every line that judges by a set of the same name. What is in force stays in \
            force. A set is refused when it is damaged, not signed by a trusted key, made for another model or camera, \
            contradicts itself, or would pass what it must not.

            Examples:
              assayctl set prepare blister@4
              assayctl set prepare /srv/sets/blister-4.assayset --line tray
              assayctl set prepare https://sets.plant.example/blister-4.assayset#DIGEST

            Exit codes: 0 prepared, 3 refused, 4 the daemon cannot be reached.
            """)

    @Argument(help: "name@version, a digest, a folder, an .assayset file, or an address with # and the digest.")
    var set: String

    @OptionGroup
    var order: SetOrder

    func run() throws {
        try order.give(.prepareSet, set: set, within: .seconds(7200), done: "prepared")
    }
}

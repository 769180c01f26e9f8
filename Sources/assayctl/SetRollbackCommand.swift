internal import ArgumentParser
internal import Publishing

struct SetRollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Judge by the support set before again, from the next frame on.",
        discussion: """
            Without lines it is for every line that has a set to go back to.

            Examples:
              assayctl set rollback --line tray
              assayctl set rollback blister@4      every line that judges by it goes back to what it had before

            Exit codes: 0 rolled back, 3 refused, 4 the daemon cannot be reached.
            """)

    @Argument(help: "name@version or digest of the set to be taken back; without it whatever is in force.")
    var set: String?

    @OptionGroup
    var order: SetOrder

    func run() throws {
        try order.give(.rollBackSet, set: set, within: .seconds(60), done: "judges by")
    }
}

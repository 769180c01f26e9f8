internal import ArgumentParser
internal import Publishing

struct SetActivateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Judge by the prepared support set from the next frame on.",
        discussion: """
            Without lines it is for every line that has the set prepared. It stays in force over restarts until the line's support_set in the settings, or what lies there, changes. \
            When its first frames get no verdict because of it, the set before comes back by itself.

            Examples:
              assayctl set activate blister@4
              assayctl set activate --line tray

            Exit codes: 0 activated, 3 refused, 4 the daemon cannot be reached.
            """)

    @Argument(help: "name@version or digest; without it whatever is prepared.")
    var set: String?

    @OptionGroup
    var order: SetOrder

    func run() throws {
        try order.give(.activateSet, set: set, within: .seconds(60), done: "judges by")
    }
}

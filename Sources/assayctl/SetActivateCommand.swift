internal import ArgumentParser
internal import Publishing

struct SetActivateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Judge by the prepared support set from the next frame on.",
        discussion: """
            It stays in force over restarts until the line's support_set in the settings, or what lies there, changes. \
            When its first frames get no verdict because of it, the set before comes back by itself.

            Examples:
              assayctl set activate blister@4
              assayctl set activate --line tray

            Exit codes: 0 activated, 3 refused, 4 the daemon cannot be reached.
            """)

    @Argument(help: "name@version or digest; without it whatever is prepared.")
    var set: String?

    @Option(help: "A line; may be given more than once. Without it every line that has the set prepared.")
    var line: [String] = []

    @Option(help: "Asked again with the same id, the station gives the same answer and does nothing anew.")
    var id: String?

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    func run() throws {
        try SetOrder(daemon: daemon, json: json).give(
            .activateSet, set: set, lines: line, id: id, within: .seconds(60), done: "judges by")
    }
}

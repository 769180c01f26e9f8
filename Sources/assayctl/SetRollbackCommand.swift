internal import ArgumentParser
internal import Publishing

struct SetRollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Judge by the support set before again, from the next frame on.",
        discussion: """
            Examples:
              assayctl set rollback --line tray
              assayctl set rollback blister@4      every line that judges by it goes back to what it had before

            Exit codes: 0 rolled back, 3 refused, 4 the daemon cannot be reached.
            """)

    @Argument(help: "name@version or digest of the set to be taken back; without it whatever is in force.")
    var set: String?

    @Option(help: "A line; may be given more than once. Without it every line that has a set to go back to.")
    var line: [String] = []

    @Option(help: "Asked again with the same id, the station gives the same answer and does nothing anew.")
    var id: String?

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    func run() throws {
        try SetOrder(daemon: daemon, json: json).give(
            .rollBackSet, set: set, lines: line, id: id, within: .seconds(60), done: "judges by")
    }
}

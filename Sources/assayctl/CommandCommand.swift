internal import ArgumentParser

/// Tells the running daemon to do something, as a plant system does over MQTT.
struct CommandCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "command",
        abstract: "Tell the daemon to do something now, and show what came of it.",
        subcommands: [CommandInspectCommand.self, CommandSendCommand.self])
}

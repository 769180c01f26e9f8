internal import ArgumentParser

struct SetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Look at support sets, compare, pack, sign and verify them.",
        discussion: """
            A set is named by its folder or by an .assayset file.

            Examples:
              assayctl set show tray-2
              assayctl set diff tray-1 tray-2 --pictures look/
              assayctl set sign tray-2 --key plant.key && assayctl set pack tray-2
              assayctl set verify tray-2.assayset --trust plant.key.pub
            """,
        subcommands: [
            SetListCommand.self, SetShowCommand.self, SetDiffCommand.self, SetVerifyCommand.self, SetPackCommand.self,
            SetUnpackCommand.self, SetKeyCommand.self, SetSignCommand.self, SetCounterexampleCommand.self,
        ])
}

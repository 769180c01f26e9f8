internal import ArgumentParser

struct SetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Look at support sets, compare, pack, sign and verify them; have the station judge by them.",
        discussion: """
            A set is named by its folder or by an .assayset file; to the running daemon also as name@version or by its \
            digest.

            Examples:
              assayctl set show tray-2
              assayctl set diff tray-1 tray-2 --pictures look/
              assayctl set sign tray-2 --key plant.key && assayctl set pack tray-2
              assayctl set verify tray-2.assayset --trust plant.key.pub
              assayctl set prepare tray@2 && assayctl set activate tray@2
            """,
        subcommands: [
            SetListCommand.self, SetShowCommand.self, SetDiffCommand.self, SetVerifyCommand.self, SetPackCommand.self,
            SetUnpackCommand.self, SetKeyCommand.self, SetSignCommand.self, SetCounterexampleCommand.self,
        ] + SetStationCommands.all)
}

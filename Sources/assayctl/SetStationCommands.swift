internal import ArgumentParser

/// The part of `assayctl set` that talks to the running daemon.
enum SetStationCommands {
    static let all: [any ParsableCommand.Type] = [
        SetPrepareCommand.self, SetActivateCommand.self, SetRollbackCommand.self, SetHistoryCommand.self,
        SetCollectCommand.self, SetProposalsCommand.self,
    ]
}

internal import ArgumentParser
internal import Foundation
internal import Publishing
internal import Station

struct SetCollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Remove the station's copies of all sets but those in force, prepared and before that.",
        discussion: """
            The station keeps the last few sets of each line, so that going back to one needs no fetching. This makes \
            room at once.
            """)

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    func run() throws {
        let bytes = try daemon.ask(.collectSets, within: .seconds(600))
        let collection: SetCollection
        do {
            collection = try JSONDecoder().decode(SetCollection.self, from: Data(bytes))
        } catch {
            throw CommandFailure.badInput("the daemon refused: \(PlainText.of(String(decoding: bytes, as: UTF8.self)))")
        }
        if json {
            print(String(decoding: bytes, as: UTF8.self))
        } else {
            for digest in collection.removed { print("removed \(PlainText.of(digest))") }
            if collection.removed.isEmpty { print("nothing to remove") }
        }
        for path in collection.left { StandardError.write("not removed: \(PlainText.of(path))") }
        if !collection.ok { throw Status.badInput }
    }
}

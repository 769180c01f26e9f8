internal import ArgumentParser
internal import Foundation
internal import Station

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the daemon read its settings and support sets again, and wait for the outcome.",
        discussion: """
            A settings file with a mistake changes nothing. A refused support set changes nothing for its line. Both \
            are told, and the exit code is 3.

            Examples:
              assayctl reload
              assayctl reload --json --runtime-dir run
            """)

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    func run() throws {
        let bytes = try daemon.ask(.reload, within: .seconds(600))
        if json { print(String(decoding: bytes, as: UTF8.self)) }
        let outcome: ReloadOutcome
        do {
            outcome = try JSONDecoder().decode(ReloadOutcome.self, from: Data(bytes))
        } catch {
            throw CommandFailure.badInput("the daemon refused: \(String(decoding: bytes, as: UTF8.self))")
        }
        if !json { show(outcome) }
        guard outcome.ok else {
            for refusal in outcome.refused { StandardError.write(refusal) }
            throw Status.badInput
        }
    }

    private func show(_ outcome: ReloadOutcome) {
        for change in outcome.changed { print(change) }
        if !outcome.restartNeeded.isEmpty {
            print("wait for a restart: \(outcome.restartNeeded.joined(separator: ", "))")
        }
        if outcome.changed.isEmpty, outcome.restartNeeded.isEmpty, outcome.ok { print("nothing changed") }
    }
}

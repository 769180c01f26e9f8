internal import ArgumentParser
internal import Foundation
internal import Publishing

struct MarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mark",
        abstract: "Say whether a verdict was right.",
        discussion: """
            The picture of an over-kill is kept as a proposal for the next support set, that of an escape blocks every \
            set that would pass it. The station keeps the pictures judged last; see support_sets.recent_megabytes.

            Examples:
              assayctl mark tray 0190163d-8694-739b-aea5-966c26f8ad91 overkill --note "reflection, part is good"
              assayctl mark tray 0190163d-8694-739b-aea5-966c26f8ad91 escape

            Exit codes: 0 marked, 3 refused, 4 the daemon cannot be reached.
            """)

    enum Choice: String, ExpressibleByArgument, CaseIterable {
        case agree, overkill, escape
    }

    @Argument(help: "The line.")
    var line: String

    @Argument(help: "The verdict's id.")
    var verdict: String

    @Argument(help: "agree; overkill: the part was good; escape: the part was bad.")
    var choice: Choice

    @Option(help: "What there is to say about it.")
    var note: String?

    @Option(help: "Asked again with the same id, the station gives the same answer and does nothing anew.")
    var id: String?

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    private struct Answer: Decodable {
        struct Marked: Decodable { let picture: String? }
        struct Problem: Decodable { let text: String }
        let mark: Marked?
        let error: Problem?
    }

    func run() throws {
        let details = CommandDetails(
            lines: [line], verdict: verdict, mark: CommandDetails.Mark(rawValue: choice.rawValue), note: note)
        let bytes = try daemon.ask(CommandRequest(.mark, id: id, line: line, details: details), within: .seconds(60))
        if json { print(String(decoding: bytes, as: UTF8.self)) }
        do {
            let answer = try JSONDecoder().decode(Answer.self, from: Data(bytes))
            if let problem = answer.error { throw CommandFailure.badInput("refused, \(PlainText.of(problem.text))") }
            if !json { print(answer.mark?.picture.map { "kept \(PlainText.of($0))" } ?? "marked") }
        } catch is DecodingError {
            throw CommandFailure.badInput(
                "the daemon's answer cannot be read: \(PlainText.of(String(decoding: bytes, as: UTF8.self)))")
        }
    }
}

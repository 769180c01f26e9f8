internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import Publishing
internal import Verdicts

/// Has a line judge one frame.
struct CommandInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Have a line judge the first frame exposed from now on, and show its verdict.",
        discussion: """
            Works for lines that run free, by a timer, or by commands. The verdict goes to MQTT like any other; the \
            metadata come back in it unchanged.

            Examples:
              assayctl command inspect tray
              assayctl command inspect tray --metadata '{"order": "A-7", "piece": 12}' --json | jq .verdict.metadata

            Exit codes: 0 pass, 1 fail, 3 refused, 4 the daemon cannot be reached, 5 inconclusive or no verdict.
            """)

    @Argument(help: "The line's name.")
    var line: String

    @Option(help: "A JSON object of at most 4096 bytes that comes back in the verdict.")
    var metadata: String?

    @Option(help: "Milliseconds until there must be an answer, 10 to 600000 (usual: the line's own deadline).")
    var deadline: Int?

    @Option(help: "Asked again with the same id, the station gives the same answer and judges nothing anew.")
    var id: String?

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    private struct Answer: Decodable {
        struct Problem: Decodable {
            let code: String
            let text: String
        }

        let ok: Bool
        let verdict: VerdictMessage?
        let error: Problem?
    }

    func validate() throws {
        if let deadline, !(10...600_000).contains(deadline) {
            throw ValidationError("--deadline must be 10 to 600000 ms.")
        }
    }

    func run() async throws {
        let request = CommandRequest(
            .inspect, id: id, line: line, metadata: try metadata.map(Self.object),
            deadline: deadline.map { .milliseconds($0) })
        // The station answers by the deadline; a line may have one of ten minutes.
        let bytes = try daemon.ask(request, within: .milliseconds(deadline ?? 1_200_000) + .seconds(10))
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: Data(bytes))
        } catch {
            throw CommandFailure.badInput(
                "the daemon's answer cannot be read: \(PlainText.of(String(decoding: bytes, as: UTF8.self)))")
        }
        if json { print(String(decoding: bytes, as: UTF8.self)) }
        guard let verdict = answer.verdict else {
            let problem = answer.error.map { "\($0.code): \($0.text)" } ?? "no verdict and no reason"
            throw CommandFailure.badInput("refused, \(PlainText.of(problem))")
        }
        if !json {
            var narrator = Narrator(hasColours: isatty(1) == 1)
            if case .verdict(let text) = narrator.tell(
                MQTTMessage(topic: "", payload: verdict.json(), qualityOfService: .atMostOnce, isRetained: false))
            {
                print(text)
            }
        }
        switch verdict.decision {
        case .pass: return
        case .fail: throw Status.fail
        case .inconclusive, .noVerdict: throw Status.inconclusive
        }
    }

    /// The JSON object in an option.
    private static func object(_ text: String) throws -> JSONText {
        do throws(JSONFault) {
            let value = try JSONText(parsing: Array(text.utf8))
            if value.kind == .object { return value }
        } catch {
            throw CommandFailure.badInput("--metadata is not JSON: \(error)")
        }
        throw CommandFailure.badInput("--metadata must be a JSON object")
    }
}

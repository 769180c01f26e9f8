internal import ArgumentParser
internal import Foundation
internal import Publishing
internal import Station

/// A support-set command to the daemon, and its answer: what `prepare`, `activate` and `rollback` have in common.
struct SetOrder: ParsableArguments {
    @Option(help: "A line; may be given more than once.")
    var line: [String] = []

    @Option(help: "Asked again with the same id, the station gives the same answer and does nothing anew.")
    var id: String?

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    private struct Answer: Decodable {
        struct Result: Decodable {
            let line: String
            let ok: Bool
            let set: SupportSetReference?
            let before: SupportSetReference?
            let reason: String?
        }

        struct Results: Decodable {
            let lines: [Result]
        }

        struct Problem: Decodable {
            let code: String
            let text: String
        }

        let ok: Bool
        let supportSet: Results?
        let error: Problem?

        private enum CodingKeys: String, CodingKey {
            case ok, error
            case supportSet = "support_set"
        }
    }

    /// Sends the command and shows what came of it on each line.
    ///
    /// - Parameter done: what to say of a line where it was obeyed, after its name.
    func give(_ name: CommandName, set: String?, within limit: Duration, done: String) throws {
        let request = CommandRequest(
            name, id: id, line: line.count == 1 ? line[0] : nil,
            details: CommandDetails(lines: line, set: set.map(Self.absolute)))
        let bytes = try daemon.ask(request, within: limit)
        if json { print(String(decoding: bytes, as: UTF8.self)) }
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: Data(bytes))
        } catch {
            throw CommandFailure.badInput(
                "the daemon's answer cannot be read: \(PlainText.of(String(decoding: bytes, as: UTF8.self)))")
        }
        if let problem = answer.error { throw CommandFailure.badInput("refused, \(PlainText.of(problem.text))") }
        for result in answer.supportSet?.lines ?? [] {
            if let set = result.set, result.ok {
                let label = "\(set.name)@\(set.version)"
                let isSame = name != .prepareSet && result.before == set
                if !json { print("\(result.line): \(isSame ? "already judges by" : done) \(PlainText.of(label))") }
            } else {
                StandardError.write("\(result.line): refused, \(PlainText.of(result.reason ?? "no reason given"))")
            }
        }
        if !answer.ok { throw Status.badInput }
    }

    /// A path of this folder as the daemon, which runs elsewhere, has to be given it.
    private static func absolute(_ set: String) -> String {
        let isPath = FileManager.default.fileExists(atPath: set) && !set.hasPrefix("/")
        return isPath ? URL(filePath: set).standardizedFileURL.path : set
    }
}

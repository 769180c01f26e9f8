internal import ArgumentParser
internal import Foundation

/// Runs one of the published methods on scenes given as numbers, without networks or images.
struct MatchCommand: ParsableCommand {
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case romad
        case objectcore
    }

    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Match scenes from a JSON file against their banks and print the scores.",
        discussion: """
            Reads the layout of the golden vectors in Tests/Golden: an object with a list `cases` (or `empty`), each case \
            with a query and a bank of support images. Expected answers in the file are ignored.

            Examples:
              assayctl match Tests/Golden/romad.json --method romad
              assayctl match Tests/Golden/objectcore.json --method objectcore --json
            """)

    @Argument(help: "The file with the scenes.")
    var file: String

    @Option(help: "How to match: romad or objectcore.")
    var method: Method

    @Flag(help: "Print one JSON object a case, one a line.")
    var json = false

    func run() throws {
        switch method {
        case .romad:
            try report(RomadCase.self, heading: "case                              score  nearest")
        case .objectcore:
            try report(
                ObjectCoreCase.self,
                heading: "case                              score  map max  nearest  pairs  extra  missing")
        }
    }

    private func report<Case: MatchCase>(_: Case.Type, heading: String) throws {
        let cases = try MatchFile<Case>(opening: file).cases
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if !json { print(heading) }
        for (index, matchCase) in cases.enumerated() {
            let result: Case.Result
            do {
                result = try matchCase.result()
            } catch {
                throw CommandFailure.badInput("\(file): case \(index) (\(matchCase.name)): \(error)")
            }
            if json {
                print(String(decoding: try encoder.encode(result), as: UTF8.self))
            } else {
                print(result.row)
            }
        }
    }
}

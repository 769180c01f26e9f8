internal import ArgumentParser
internal import Foundation
internal import Publishing
internal import Station

struct SetHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what lines judged by, what brought it into force, and what they have ready.",
        discussion: """
            Examples:
              assayctl set history
              assayctl set history tray --json | jq '.lines[0].history[-1]'
            """)

    @Argument(help: "The line; without it all.")
    var line: String?

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    func run() throws {
        let bytes = try daemon.ask(ControlRequest(.setHistory, line: line), within: .seconds(10))
        let report: SetHistoryReport
        do {
            report = try JSONDecoder().decode(SetHistoryReport.self, from: Data(bytes))
        } catch {
            throw CommandFailure.badInput("the daemon refused: \(PlainText.of(String(decoding: bytes, as: UTF8.self)))")
        }
        guard line == nil || !report.lines.isEmpty else {
            throw CommandFailure.badInput("nothing is remembered of a line called \(PlainText.of(line ?? ""))")
        }
        if json { return print(String(decoding: bytes, as: UTF8.self)) }
        for line in report.lines { show(line) }
    }

    private func show(_ line: SetHistoryReport.Line) {
        print(line.line)
        let rows = line.history.enumerated().map { place, activation in
            let state = place == line.history.count - 1 ? "in force" : activation.note ?? ""
            return [
                "  \(activation.at)", PlainText.of("\(activation.set.name)@\(activation.set.version)"),
                String(activation.set.digest.prefix(12)), activation.by.rawValue, PlainText.of(state),
            ]
        }
        for row in Table(rows: rows).lines { print(row) }
        if let set = line.prepared { print("  prepared: \(PlainText.of("\(set.name)@\(set.version)"))") }
        if let set = line.previous { print("  goes back to: \(PlainText.of("\(set.name)@\(set.version)"))") }
        if let setting = line.overruled {
            print("  overrules the settings, which name \(setting.isEmpty ? "none" : PlainText.of(setting))")
        }
    }
}

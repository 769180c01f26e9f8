internal import ArgumentParser
internal import Foundation
internal import Inference
internal import Publishing
internal import Station

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the daemon and its lines do now.",
        discussion: """
            Examples:
              assayctl status
              assayctl status --json | jq '.lines[].counts'
            """)

    @Flag(help: "Print the daemon's answer as it came.")
    var json = false

    @OptionGroup
    var daemon: DaemonOptions

    func run() throws {
        let bytes = try daemon.ask(.status, within: .seconds(10))
        guard !json else {
            print(String(decoding: bytes, as: UTF8.self))
            return
        }
        do {
            Self.show(try JSONDecoder().decode(StatusReport.self, from: Data(bytes)))
        } catch {
            throw CommandFailure.badInput("the daemon's answer is not understood; is it of another version?")
        }
    }

    private static func show(_ report: StatusReport) {
        let memory = report.residentBytes / 1_048_576
        print(
            "station  \(report.station), \(report.state), up \(duration(report.uptime)), \(memory) MB, \(report.workers) worker(s), version \(report.version)"
        )
        print("broker   \(broker(report.broker))")
        if let trouble = report.broker.trouble { print("         \(PlainText.of(trouble, limit: 400))") }
        if let precision = report.precision { print("model    \(wording(precision))") }
        guard !report.lines.isEmpty else {
            print("lines    none is enabled")
            return
        }
        print("")
        let heading = [
            "LINE", "STATE", "SET", "K", "LIMIT", "FRAMES", "SKIPPED", "PASS", "FAIL", "INCONCL", "NONE", "P95 MS",
        ]
        let table = Table(rows: [heading] + report.lines.map(row))
        for row in table.lines { print(row) }
        for line in report.lines {
            if let set = line.set, set.by != "settings" {
                let by = set.by.replacing("_", with: " ")
                print(
                    "\n\(line.name): \(set.name)@\(set.version) by \(by); the settings name \(line.setting ?? "none")")
            }
            if let set = line.fetching { print("\n\(line.name): \(PlainText.of(set)) is being fetched") }
            if let prepared = line.prepared { print("\n\(line.name): \(prepared) is prepared") }
            if let refusal = line.lastRefusal { print("\n\(line.name): last refused set: \(refusal)") }
            if let choice = report.precision?.choice, let set = line.set, set.precision != choice.rawValue {
                print(
                    "\n\(line.name): runs in \(set.precision) as its set does; \(choice.rawValue) suits this machine better"
                )
            }
            if line.set?.tellsLightDrift == false {
                print(
                    "\n\(line.name): light drift cannot be told, the set was made without a light profile; enrol it anew"
                )
            }
            if let weaknesses = line.set?.cannotJudge, !weaknesses.isEmpty {
                print("\n\(line.name): what its set cannot judge:")
                for weakness in weaknesses { print("  \(PlainText.of(weakness, limit: 300))") }
            }
            if !line.counts.noVerdictReasons.isEmpty {
                let reasons = line.counts.noVerdictReasons.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                print("\n\(line.name): no verdict because of \(reasons.joined(separator: ", "))")
            }
        }
    }

    private static func row(_ line: LineReport) -> [String] {
        let counts = line.counts
        let p95 = line.latency.first { $0.stage == "total" }.map { String(format: "%.1f", $0.p95) }
        return [
            line.name, line.reason.map { "\(line.state) (\($0))" } ?? line.state,
            line.set.map { "\($0.name)@\($0.version)" } ?? "none", line.set.map { "\($0.k)" } ?? "-",
            line.set?.threshold.map { String(format: "%.3g", $0) } ?? "-", "\(counts.offered)", "\(counts.skipped)",
            "\(counts.passed)", "\(counts.failed)", "\(counts.inconclusive)", "\(counts.noVerdict)", p95 ?? "-",
        ]
    }

    private static func broker(_ broker: StatusReport.Broker) -> String {
        guard broker.enabled else { return "switched off" }
        let state = broker.connected ? "connected" : "NOT connected"
        return
            "\(broker.address), \(state), \(broker.acknowledged) sent, \(broker.queued) waiting, \(broker.dropped) dropped"
            + (broker.outbox.map { ", in memory (\($0))" } ?? "")
    }

    private static func wording(_ precision: PrecisionStatement) -> String {
        let times = precision.milliseconds.sorted { $0.value < $1.value }.map {
            String(format: "%@ %.1f ms", $0.key, $0.value)
        }
        let why = precision.by == .settings ? "as the settings say" : "measured: \(times.joined(separator: ", "))"
        return
            "\(precision.choice.rawValue), \(why)\(precision.lacksKernels ? ", no kernels for the bundle's own" : "")"
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(max(0, min(seconds, 1e12)))
        let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60)
        if days > 0 { return "\(days) d \(hours) h" }
        if hours > 0 { return "\(hours) h \(minutes) min" }
        return minutes > 0 ? "\(minutes) min \(whole % 60) s" : "\(whole) s"
    }
}

/// Rows of text in columns, each as wide as its widest cell.
struct Table {
    let rows: [[String]]

    var lines: [String] {
        let columnCount = rows.map(\.count).max() ?? 0
        let widths = (0..<columnCount).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let padded = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count)
            }
            let joined = padded.joined(separator: "  ")
            return String(joined.reversed().drop { $0 == " " }.reversed())
        }
    }
}

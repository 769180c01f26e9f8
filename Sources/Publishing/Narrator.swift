internal import Foundation
internal import Verdicts

/// Tells a person, a line at a time, what a station says.
///
/// Messages come from outside: whatever cannot be read is reported as such, and no text reaches the terminal raw.
package struct Narrator: Sendable {
    private let hasColours: Bool
    private var lastStatus: String?

    /// What became of one message.
    package enum Telling: Equatable, Sendable {
        case verdict(String)
        case remark(String)

        /// Nothing new: a renewed lease.
        case nothing
        case unreadable(String)
    }

    private struct Kind: Decodable {
        let schema: String
    }

    /// A longer message than any station's is not looked at.
    private static let longestMessage = 4 << 20

    package init(hasColours: Bool) { self.hasColours = hasColours }

    package mutating func tell(_ message: MQTTMessage) -> Telling {
        guard message.payload.count <= Narrator.longestMessage else {
            return unreadable(message, "\(message.payload.count) bytes are too long")
        }
        let data = Data(message.payload)
        let decoder = JSONDecoder()
        do {
            switch try decoder.decode(Kind.self, from: data).schema {
            case VerdictMessage.schema: return .verdict(line(try decoder.decode(VerdictMessage.self, from: data)))
            case EventMessage.schema: return .remark(line(try decoder.decode(EventMessage.self, from: data)))
            case StatusMessage.schema:
                let status = try decoder.decode(StatusMessage.self, from: data)
                let news = line(status)
                guard news != lastStatus else { return .nothing }
                lastStatus = news
                return .remark("\(Narrator.time(status.lease.at)) \(news)")
            case let other: return unreadable(message, "unknown schema \(other)")
            }
        } catch let error as DecodingError {
            return unreadable(message, Narrator.problem(error))
        } catch {
            return unreadable(message, "\(error)")
        }
    }

    private func unreadable(_ message: MQTTMessage, _ problem: String) -> Telling {
        .unreadable("cannot read a message on \(PlainText.of(message.topic)): \(PlainText.of(problem))")
    }

    /// `12:30:01.220 tray #41 FAIL score 3.10 (limit 1.00): The red pin in row 2 is missing. [38 ms]`
    private func line(_ verdict: VerdictMessage) -> String {
        var text = verdict.frame.map { "\(Narrator.time($0.capturedAt)) " } ?? ""
        text += "\(PlainText.of(verdict.line, limit: 64)) #\(verdict.delivery.sequence) \(word(verdict.decision))"
        if let score = verdict.score {
            text += " score \(Narrator.number(score))"
            if let threshold = verdict.threshold { text += " (limit \(Narrator.number(threshold)))" }
        }
        var reasons = verdict.reasons.map(\.rawValue)
        reasons += verdict.findings.prefix(10).map { PlainText.of($0.sentence) }
        if verdict.findings.count > 10 { reasons.append("And \(verdict.findings.count - 10) more.") }
        if !reasons.isEmpty { text += ": \(reasons.joined(separator: " "))" }
        text += " [\(Narrator.number(verdict.timings.total, places: 0)) ms]"
        if verdict.delivery.isHistorical { text += " (late)" }
        if verdict.delivery.droppedBefore > 0 { text += " (\(verdict.delivery.droppedBefore) dropped before)" }
        return text
    }

    private func line(_ event: EventMessage) -> String {
        let place = event.line.map { " \(PlainText.of($0, limit: 64))" } ?? ""
        let code = PlainText.of(event.code, limit: 64)
        return "\(Narrator.time(event.at)) \(event.severity.rawValue) \(code)\(place): \(PlainText.of(event.text))"
    }

    private func line(_ status: StatusMessage) -> String {
        var text = "station \(PlainText.of(status.station, limit: 64)) \(status.state.rawValue)"
        if let reason = status.reason { text += " (\(PlainText.of(reason, limit: 64)))" }
        let lines = status.lines.prefix(50).map { line in
            let reason = line.reason.map { " (\(PlainText.of($0, limit: 64)))" } ?? ""
            return "\(PlainText.of(line.name, limit: 64)) \(line.state.rawValue)\(reason)"
        }
        return lines.isEmpty ? text : "\(text): \(lines.joined(separator: ", "))"
    }

    private func word(_ decision: Decision) -> String {
        let (word, colour) =
            switch decision {
            case .pass: ("PASS", 32)
            case .fail: ("FAIL", 31)
            case .inconclusive: ("INCONCLUSIVE", 33)
            case .noVerdict: ("NO VERDICT", 35)
            }
        return hasColours ? "\u{1B}[1;\(colour)m\(word)\u{1B}[0m" : word
    }

    /// The time of day of an RFC 3339 text.
    private static func time(_ text: String) -> String {
        let parts = text.split(separator: "T", maxSplits: 1)
        return parts.count == 2 ? PlainText.of(String(parts[1].prefix(12)), limit: 12) : PlainText.of(text, limit: 40)
    }

    private static func number(_ number: Double, places: Int = 2) -> String {
        guard number.magnitude < 1e9 else { return "\(number)" }
        return String(format: "%.\(places)f", number)
    }

    private static func problem(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.map { "\($0.stringValue): " }.joined() + context.debugDescription
        @unknown default: "\(error)"
        }
    }
}

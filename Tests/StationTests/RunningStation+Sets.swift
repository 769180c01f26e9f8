import AssayTestSupport
import Foundation
import Publishing
import Station

/// What came of a support-set command, as the socket says it.
struct SetAnswer: Decodable {
    struct Line: Decodable {
        let line: String
        let ok: Bool
        let set: SupportSetReference?
        let before: SupportSetReference?
        let reason: String?
    }

    struct Lines: Decodable { let lines: [Line] }

    struct Problem: Decodable {
        let code: String
        let text: String
    }

    struct Marked: Decodable { let picture: String? }

    let ok: Bool
    let supportSet: Lines?
    let mark: Marked?
    let error: Problem?

    private enum CodingKeys: String, CodingKey {
        case ok, error, mark
        case supportSet = "support_set"
    }

    /// The version that the first line now has prepared or in force.
    var version: String? { supportSet?.lines.first?.set?.version }
    var reason: String? { supportSet?.lines.first?.reason ?? error?.text }
}

extension RunningStation {
    @discardableResult
    func give(
        _ name: CommandName, set: String? = nil, lines: [String] = [], id: String? = nil
    ) throws -> SetAnswer {
        try give(CommandRequest(name, id: id, details: CommandDetails(lines: lines, set: set)))
    }

    func give(_ request: CommandRequest) throws -> SetAnswer {
        let bytes = try ControlConnection(to: folder.file("run/control.sock")).ask(
            line: request.json(), within: .seconds(60))
        return try JSONDecoder().decode(SetAnswer.self, from: Data(bytes))
    }

    func history(of line: String) throws -> SetHistoryReport.Line? {
        let bytes = try ControlConnection(to: folder.file("run/control.sock")).ask(
            ControlRequest(.setHistory, line: line), within: .seconds(10))
        return try JSONDecoder().decode(SetHistoryReport.self, from: Data(bytes)).lines.first
    }
}

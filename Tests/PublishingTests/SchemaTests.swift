import AssayTestSupport
import Foundation
import Publishing
import Testing
import Verdicts

struct SchemaTests {
    @Test func theExamplesOfEverySchemaAreValid() throws {
        #expect(try SchemaValidator.problemsInExamples() == [])
    }

    @Test func everyKindOfMessageIsValid() throws {
        let line = try LineName("tray")
        let noVerdict = Assessment(decision: .noVerdict, reasons: [.cameraLost])
        let guarded = Assessment(
            decision: .inconclusive, reasons: [.scoreInGuardBand], score: 1.01,
            limits: Limits(threshold: 1, guardBand: 0.95...1.05), pValue: 0.04)
        var late = Specimens.verdict(line)
        late.delivery = Delivery(sequence: 8, isHistorical: true, droppedBefore: 2)
        var bare = SupportSetMessage(station: "s", line: line, at: Specimens.moment, active: nil)
        bare.lastRefusal = nil
        let messages = [
            late.json(), Specimens.verdict(line, noVerdict, frame: nil).json(), Specimens.verdict(line, guarded).json(),
            Specimens.event().json(), Specimens.event(line: line).json(), Specimens.status(line).json(),
            Specimens.supportSetMessage(line).json(), bare.json(), Specimens.camera(line).json(),
            Specimens.health(line).json(),
        ]
        #expect(try SchemaValidator.problems(in: messages) == [])
    }

    @Test func wrongMessagesAreNotValid() throws {
        let line = try LineName("tray")
        let silent = Specimens.verdict(line, Assessment(decision: .noVerdict))
        let unscored = Specimens.verdict(line, Assessment(decision: .pass))
        let wrongs = [
            silent.json(), unscored.json(), Array(#"{"schema":"assay.other/1"}"#.utf8), Array("{".utf8),
            Array(#"{"schema":"assay.event/1","extra":1}"#.utf8),
        ]
        for wrong in wrongs {
            #expect(try SchemaValidator.problems(in: [wrong]) != [], "\(String(decoding: wrong, as: UTF8.self))")
        }
    }

    /// The values that a schema allows at a path of keys.
    private func allowed(_ kind: String, _ path: [String]) throws -> Set<String> {
        let url = URL(fileURLWithPath: "\(Repository.root)/Config/schemas/\(kind).schema.json")
        var value = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        for key in path { value = try #require((value as? [String: Any])?[key], "\(kind): \(key)") }
        return Set(try #require(value as? [String]))
    }

    @Test func theSchemasAllowExactlyWhatTheCodeCanSay() throws {
        let decisions = try allowed("verdict", ["properties", "decision", "enum"])
        #expect(decisions == Set(Decision.allCases.map(\.rawValue)))
        let reasons = try allowed("verdict", ["properties", "reasons", "items", "enum"])
        #expect(reasons == Set(ReasonCode.allCases.map(\.rawValue)))
        let triggers = try allowed("verdict", ["properties", "trigger", "enum"])
        #expect(triggers == Set(Trigger.allCases.map(\.rawValue)))
        let kinds = try allowed("verdict", ["$defs", "finding", "properties", "kind", "enum"])
        #expect(kinds == Set(FindingKind.allCases.map(\.rawValue)))
        let states = try allowed("status", ["properties", "state", "enum"])
        #expect(states == Set(StationState.allCases.map(\.rawValue)))
        let lineStates = try allowed("status", ["properties", "lines", "items", "properties", "state", "enum"])
        #expect(lineStates == Set(LineState.allCases.map(\.rawValue)))
        let severities = try allowed("event", ["properties", "severity", "enum"])
        #expect(severities == Set(EventMessage.Severity.allCases.map(\.rawValue)))
        let cameras = try allowed("camera", ["properties", "identity", "properties", "kind", "enum"])
        #expect(cameras == Set(CameraIdentity.Kind.allCases.map(\.rawValue)))
        for kind in ["command", "answer"] {
            let commands = try allowed(kind, ["properties", "command", "enum"])
            #expect(commands == Set(CommandName.allCases.map(\.rawValue)))
        }
        let problems = try allowed("answer", ["properties", "error", "properties", "code", "enum"])
        #expect(problems == Set(CommandProblem.Code.allCases.map(\.rawValue)))
        let cameraStates = try allowed("camera", ["properties", "state", "enum"])
        #expect(cameraStates == Set(CameraState.allCases.map(\.rawValue)))
    }

    @Test func theFilesOfExamplesAreReadByOurOwnDecoders() throws {
        let folder = "\(Repository.root)/Config/schemas/examples"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        var kinds: Set<String> = []
        for name in names {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            let kind = String(name.prefix { $0 != "." })
            kinds.insert(kind)
            switch kind {
            case "verdict-1": _ = try JSONDecoder().decode(VerdictMessage.self, from: data)
            case "event-1": _ = try JSONDecoder().decode(EventMessage.self, from: data)
            case "status-1": _ = try JSONDecoder().decode(StatusMessage.self, from: data)
            case "command-1":
                let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
                let command = (object?["command"] as? String).flatMap { CommandName(rawValue: $0) } ?? .inspect
                _ = try CommandRequest(command, reading: Array(data))
            default: break
            }
        }
        #expect(kinds.isSuperset(of: ["verdict-1", "event-1", "status-1", "command-1"]))
    }

    @Test func theExamplesAreReadByOurOwnDecoders() throws {
        func examples(_ kind: String) throws -> [Data] {
            let url = URL(fileURLWithPath: "\(Repository.root)/Config/schemas/\(kind).schema.json")
            let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
            let examples = try #require(schema?["examples"] as? [Any])
            return try examples.map { try JSONSerialization.data(withJSONObject: $0) }
        }
        for example in try examples("verdict") { _ = try JSONDecoder().decode(VerdictMessage.self, from: example) }
        for example in try examples("event") { _ = try JSONDecoder().decode(EventMessage.self, from: example) }
        for example in try examples("command") {
            let members = try JSONSerialization.jsonObject(with: example) as? [String: Any] ?? [:]
            let named = (members["command"] as? String).flatMap { CommandName(rawValue: $0) }
            let name = named ?? (members["line"] == nil ? .reload : .inspect)
            _ = try CommandRequest(name, reading: Array(example))
        }
        for example in try examples("status") { _ = try JSONDecoder().decode(StatusMessage.self, from: example) }
    }
}

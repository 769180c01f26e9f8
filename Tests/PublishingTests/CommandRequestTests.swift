import Publishing
import Testing

@Suite struct CommandRequestTests {
    private func read(_ text: String, _ name: CommandName = .inspect) throws -> CommandRequest {
        try CommandRequest(name, reading: Array(text.utf8))
    }

    private func problem(_ text: String, _ name: CommandName = .inspect) -> CommandProblem? {
        do {
            _ = try CommandRequest(name, reading: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func everyMemberIsRead() throws {
        let request = try read(
            #"""
            {"schema": "assay.command/1", "line": "tray", "metadata": {"order": 12345678901234567890, "x": [1.50]},
             "id": "7", "deadline_ms": 250, "sent_at": "2026-03-01T12:30:01.22+01:00"}
            """#)
        #expect(request.line == "tray" && request.id == "7" && request.deadline == .milliseconds(250))
        #expect(
            request.metadata.map { String(decoding: $0.bytes, as: UTF8.self) }
                == #"{"order":12345678901234567890,"x":[1.50]}"#)
        #expect(request.sentAt?.text == "2026-03-01T11:30:01.220Z")
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let request = CommandRequest(
            .inspect, id: "a\"b", line: "tray", metadata: JSONText(.object(["n": 1])), deadline: .seconds(2),
            sentAt: Timestamp(seconds: 1_700_000_000, nanoseconds: 0))
        #expect(try CommandRequest(.inspect, reading: request.json()) == request)
    }

    @Test(arguments: [
        ("", CommandProblem.Code.malformed), ("[]", .malformed), ("42", .malformed), ("{", .malformed),
        ("{}", .badMember), (#"{"line":7}"#, .badMember), (#"{"line":"tray","metdata":{}}"#, .badMember),
        (#"{"line":"tray","metadata":[]}"#, .badMember), (#"{"line":"tray","metadata":"x"}"#, .badMember),
        (#"{"line":"tray","deadline_ms":"5"}"#, .badMember), (#"{"line":"tray","deadline_ms":5.5}"#, .badMember),
        (#"{"line":"tray","deadline_ms":9}"#, .badMember), (#"{"line":"tray","deadline_ms":600001}"#, .badMember),
        (#"{"line":"tray","id":""}"#, .badMember), (#"{"line":"tray","id":"a\u0000"}"#, .badMember),
        (#"{"line":"tray","sent_at":"yesterday"}"#, .badMember), (#"{"line":"tray","line":"kit"}"#, .malformed),
        (#"{"line":"tray","schema":"assay.command/2"}"#, .badMember),
        (#"{"line":"tray","command":"reload"}"#, .badMember),
    ])
    func whatIsWrongIsSaid(_ text: String, _ code: CommandProblem.Code) throws {
        let found = try #require(self.problem(text))
        #expect(found.code == code && found.text.count > 10)
    }

    @Test func theSizesAreBounded() {
        let large = #"{"line":"tray","metadata":{"x":""# + String(repeating: "a", count: 4096) + #""}}"#
        #expect(problem(large)?.code == .tooLarge)
        let fits = #"{"line":"tray","metadata":{"x":""# + String(repeating: "a", count: 4088) + #""}}"#
        #expect(problem(fits) == nil)
        #expect(problem(String(repeating: " ", count: CommandRequest.byteLimit + 1))?.code == .tooLarge)
        let deep = #"{"line":"tray","metadata":{"x":"# + String(repeating: "[", count: 30_000)
        #expect(problem(deep)?.code == .malformed)
    }

    @Test func aReloadHasNoLine() throws {
        #expect(try read(#"{"id":"r"}"#, .reload).id == "r")
        #expect(problem(#"{"line":"tray"}"#, .reload)?.code == .badMember)
    }
}

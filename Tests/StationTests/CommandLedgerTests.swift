import Publishing
import Station
import Testing

@Suite struct CommandLedgerTests {
    private let request = CommandRequest(.inspect, id: "1", line: "tray")

    private func answer(_ text: String) -> CommandAnswer {
        CommandAnswer(
            station: "box", boot: "b", command: .inspect, id: "1", at: .now(),
            outcome: .refused(CommandProblem(.busy, text)))
    }

    private func isObeyed(_ step: CommandLedger.Step) -> Bool { if case .obey = step { true } else { false } }

    private func refusal(_ step: CommandLedger.Step) -> CommandProblem.Code? {
        if case .refuse(let problem) = step { problem.code } else { nil }
    }

    @Test func theSecondOfTwoIsAnsweredWithTheFirstOnesAnswer() {
        var ledger = CommandLedger()
        let first = ledger.begin(request, id: "1") { _ in }
        #expect(isObeyed(first))
        if case .wait = ledger.begin(request, id: "1", reply: { _ in }) {} else { Issue.record("it must wait") }
        let waiting = ledger.finish("1", with: answer("first"), byteCount: 10).count
        #expect(waiting == 2)
        guard case .repeatAnswer(let again) = ledger.begin(request, id: "1", reply: { _ in }) else {
            Issue.record("it must be answered")
            return
        }
        #expect(again == answer("first") || again.outcome == answer("first").outcome)
        let late = ledger.finish("1", with: answer("second"), byteCount: 10).count
        #expect(late == 0)
    }

    @Test func anIdForAnotherCommandIsRefused() {
        var ledger = CommandLedger()
        _ = ledger.begin(request, id: "1") { _ in }
        let code = refusal(ledger.begin(CommandRequest(.inspect, id: "1", line: "kit"), id: "1") { _ in })
        #expect(code == .idReused)
    }

    @Test func theOldestAnswersAreForgottenFirstAndThoseInWorkNever() {
        var ledger = CommandLedger(capacity: 3, byteLimit: 100)
        _ = ledger.begin(request, id: "open") { _ in }
        for number in 0..<10 {
            let step = ledger.begin(request, id: "\(number)") { _ in }
            #expect(isObeyed(step))
            _ = ledger.finish("\(number)", with: answer(""), byteCount: 10)
            #expect(ledger.count <= 3)
        }
        if case .wait = ledger.begin(request, id: "open", reply: { _ in }) {} else { Issue.record("it was forgotten") }
        _ = ledger.begin(request, id: "huge") { _ in }
        _ = ledger.finish("huge", with: answer(""), byteCount: 1000)
        #expect(ledger.count == 1, "only the one in work is left")
    }

    @Test func whenAllAreInWorkTheNextIsRefused() {
        var ledger = CommandLedger(capacity: 2)
        for id in ["a", "b"] { _ = ledger.begin(request, id: id) { _ in } }
        let code = refusal(ledger.begin(request, id: "c") { _ in })
        #expect(code == .busy)
    }
}

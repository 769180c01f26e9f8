import Publishing
import Testing
import Verdicts

struct NarratorTests {
    private func message(_ json: [UInt8]) -> MQTTMessage {
        MQTTMessage(topic: "assay/v1/s/x", payload: json, qualityOfService: .atLeastOnce, isRetained: false)
    }

    @Test func aFailingVerdictIsOneLineWithItsSentences() throws {
        var verdict = Specimens.verdict(try LineName("tray"), Specimens.fail(findingCount: 1))
        verdict.findings[0].sentence = "The red pin in row 2 is missing."
        verdict.delivery = Delivery(sequence: 41, isHistorical: true, droppedBefore: 3)
        var narrator = Narrator(hasColours: false)
        let telling = narrator.tell(message(verdict.json()))
        let line = "12:30:01.220 tray #41 FAIL score 3.10 (limit 1.00): The red pin in row 2 is missing. [38 ms]"
        #expect(telling == .verdict(line + " (late) (3 dropped before)"))
    }

    @Test func aVerdictWithoutAFrameNamesItsReason() throws {
        let assessment = Assessment(decision: .noVerdict, reasons: [.cameraLost])
        let verdict = Specimens.verdict(try LineName("tray"), assessment, frame: nil)
        var narrator = Narrator(hasColours: false)
        let telling = narrator.tell(message(verdict.json()))
        #expect(telling == .verdict("tray #1 NO VERDICT: camera_lost [38 ms]"))
    }

    @Test func coloursAreThereOnlyOnRequest() throws {
        let verdict = Specimens.verdict(try LineName("tray")).json()
        var coloured = Narrator(hasColours: true)
        var plain = Narrator(hasColours: false)
        let tellings = [coloured.tell(message(verdict)), plain.tell(message(verdict))]
        #expect(String(describing: tellings[0]).contains("[1;31mFAIL"))
        #expect(!String(describing: tellings[1]).contains("[1;31m"))
    }

    @Test func aRenewedLeaseIsNoNews() throws {
        var status = Specimens.status(try LineName("tray"))
        var narrator = Narrator(hasColours: false)
        let first = narrator.tell(message(status.json()))
        #expect(first == .remark("12:30:01.220 station press-4 degraded: tray judging, tray waiting (camera_lost)"))
        status.lease.sequence += 1
        let second = narrator.tell(message(status.json()))
        #expect(second == .nothing)
        status.state = .offline
        status.lines = []
        status.reason = "stopped"
        let third = narrator.tell(message(status.json()))
        #expect(third == .remark("12:30:01.220 station press-4 offline (stopped)"))
    }

    @Test func anEventIsOneLine() throws {
        var narrator = Narrator(hasColours: false)
        let telling = narrator.tell(message(Specimens.event(line: try LineName("tray")).json()))
        #expect(telling == .remark("12:30:01.220 warning camera_lost tray: The camera does not answer."))
    }

    @Test func textFromOutsideCannotSteerTheTerminal() throws {
        var event = Specimens.event()
        event.text = "a\u{1B}[2Jb\nc\u{9B}31m\u{202E}d\u{7F}"
        event.code = "x\r"
        event.at = "\u{1B}]0;T\u{7}"
        var narrator = Narrator(hasColours: false)
        guard case .remark(let line) = narrator.tell(message(event.json())) else {
            Issue.record("not read")
            return
        }
        #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(line.hasSuffix(#"a\u{1b}[2Jb\u{a}c\u{9b}31m\u{202e}d\u{7f}"#))
    }

    @Test(arguments: [
        "", "{", "7", #"{"schema":7}"#, #"{"schema":"assay.verdict/1"}"#, #"{"schema":"assay.verdict/2"}"#,
        #"{"schema":"\u001b[2J"}"#, "\u{1B}[2J",
    ])
    func whatCannotBeReadIsSaid(text: String) {
        var narrator = Narrator(hasColours: false)
        guard case .unreadable(let problem) = narrator.tell(message(Array(text.utf8))) else {
            Issue.record("read: \(text)")
            return
        }
        #expect(problem.hasPrefix("cannot read a message on assay/v1/s/x: "))
        #expect(!problem.contains("\u{1B}"))
    }

    @Test func aMessageOfManyMegabytesIsNotLookedAt() {
        var narrator = Narrator(hasColours: false)
        let telling = narrator.tell(message([UInt8](repeating: 0x20, count: 5 << 20)))
        #expect(telling == .unreadable("cannot read a message on assay/v1/s/x: 5242880 bytes are too long"))
    }
}

import Publishing
import Testing

struct CautionTests {
    private let row = Caution.Subject(topic: "verdict", byteCount: 9000, ticket: 7)
    private let other = Caution.Subject(topic: "overlay", byteCount: 100)
    private let start = ContinuousClock.now

    /// A connection on which the broker answers to the birth, and breaks while `subject` is under way.
    private func brokenAt(
        _ subject: Caution.Subject?, _ caution: inout Caution, proves: Bool = true,
        fault: ConnectionFault = .lost(reason: "")
    ) -> Caution.Subject? {
        caution.opened(at: start)
        caution.departed(nil, as: 1)
        if proves { caution.answered(1) }
        if let subject { caution.departed(subject, as: 2) }
        return caution.closed(fault)
    }

    @Test func theMessageAtWhichSeveralConnectionsInARowBreakIsGivenUp() {
        var caution = Caution()
        // At first many messages are under way at once, and none can be blamed.
        #expect(brokenAt(row, &caution) == nil && caution.isCareful)
        for _ in 1..<Caution.mostBreaks { #expect(brokenAt(row, &caution) == nil) }
        #expect(brokenAt(row, &caution) == row)
        #expect(brokenAt(row, &caution) == nil, "counted anew")
    }

    @Test(arguments: [
        ConnectionFault.unreachable(reason: ""), .silent, .fellSilent, .sentAway(reason: ""), .takenOver, .contested,
        .notAuthorised(reason: ""), .versionRefused,
    ])
    func aBrokerThatIsAwayOrHasItsOwnReasonsCostsNothing(fault: ConnectionFault) {
        var caution = Caution()
        _ = brokenAt(row, &caution)
        for _ in 0..<1000 {
            let isOpen = caution.closed(fault)
            #expect(isOpen == nil)
            #expect(brokenAt(row, &caution, fault: fault) == nil)
        }
    }

    @Test func aBrokerThatBreaksBeforeItAnswersAnythingCostsNothing() {
        var caution = Caution()
        for _ in 0..<1000 { #expect(brokenAt(row, &caution, proves: false) == nil) }
    }

    @Test func breaksWithNothingUnderWayCostNothing() {
        var caution = Caution()
        for _ in 0..<1000 { #expect(brokenAt(nil, &caution) == nil) }
    }

    @Test func aConnectionThatBreaksWithoutTheMessageClearsIt() {
        var caution = Caution()
        for _ in 0..<1000 {
            for _ in 1..<Caution.mostBreaks { #expect(brokenAt(row, &caution) == nil) }
            caution.opened(at: start)
            #expect(caution.mustHold(at: start) && !caution.mustHold(at: start + Caution.quiet))
            #expect(brokenAt(nil, &caution) == nil)
            caution.opened(at: start)
            #expect(!caution.mustHold(at: start))
        }
    }

    @Test func anAnswerClearsTheMessage() {
        var caution = Caution()
        for _ in 0..<1000 {
            for _ in 1..<Caution.mostBreaks { #expect(brokenAt(row, &caution) == nil) }
            caution.opened(at: start)
            caution.departed(nil, as: 1)
            caution.answered(1)
            caution.departed(row, as: 2)
            #expect(caution.mustWait)
            caution.answered(99)
            #expect(caution.mustWait)
            caution.answered(2)
            #expect(!caution.mustWait)
            let givenUp = caution.closed(.lost(reason: ""))
            #expect(givenUp == nil)
        }
    }

    @Test func breaksAtDifferentMessagesAreNotAddedUp() {
        var caution = Caution()
        for _ in 0..<1000 {
            #expect(brokenAt(row, &caution) == nil)
            #expect(brokenAt(other, &caution) == nil)
        }
    }

    @Test func aConnectionThatHoldsEndsTheCaution() {
        var caution = Caution()
        _ = brokenAt(row, &caution)
        caution.opened(at: start)
        caution.departed(nil, as: 1)
        let later = start + Caution.patience + .seconds(1)
        #expect(caution.mustWait)
        caution.look(at: later)
        #expect(!caution.mustWait && !caution.isCareful)
        caution.departed(row, as: 2)
        #expect(!caution.mustWait, "many may be under way again")
    }

    @Test func whatWasGivenUpOutsideTheOutboxIsNotSentUntilTheBrokerMayBeAnother() {
        func message(_ count: Int) -> MQTTMessage {
            MQTTMessage(
                topic: "overlay", payload: [UInt8](repeating: 0, count: count), qualityOfService: .atLeastOnce,
                isRetained: false)
        }
        var caution = Caution()
        for _ in 0...Caution.mostBreaks { _ = brokenAt(other, &caution) }
        #expect(!caution.allows(message(100)) && !caution.allows(message(101)) && caution.allows(message(99)))
        _ = caution.closed(.unreachable(reason: ""))
        #expect(caution.allows(message(100)))
    }
}

import Publishing
import Testing

struct VersionChoiceTests {
    @Test func aRefusedFiveIsFollowedByThreeAtOnceAndThenStays() {
        var choice = VersionChoice()
        #expect(choice.offer == .v5)
        let isWorthIt = choice.refused()
        #expect(isWorthIt)
        #expect(choice.offer == .v311)
        choice.accepted()
        #expect(choice.offer == .v311)
    }

    @Test func aBrokerThatRefusesBothIsNotAskedInALoop() {
        var choice = VersionChoice()
        let isWorthIt = [choice.refused(), choice.refused()]
        #expect(isWorthIt == [true, false])
        #expect(choice.offer == .v5)
    }

    @Test func versionsTakeTurnsWhenABrokerHangsUpWithoutAWord() {
        var choice = VersionChoice()
        choice.hungUp()
        #expect(choice.offer == .v311)
        choice.hungUp()
        #expect(choice.offer == .v5)
    }
}

import Enrolment
import RealModule
import Testing

/// The level that good scores seldom reach.
@Suite struct GoodLevelTests {
    @Test func equalScoresLeaveWhatIsExpectedOfThem() {
        // Three spreads of nothing and two expected.
        let structural = GoodLevel.of([0.2, 0.2, 0.2, 0.2], expecting: .structural)
        #expect(abs(structural - 0.2 * Float.exp(2.33 * 0.1 * (2.0 / 5 as Float).squareRoot())) < 1e-5)
        // Four scores beside two of 0.55.
        let logical = GoodLevel.of([0.2, 0.2, 0.2, 0.2], expecting: .logical)
        let centre = Float.pow(0.2 * 0.2 * 0.55, 1.0 / 3)
        #expect(abs(logical - centre * Float.exp(2.33 * 0.25 * (4.0 / 7 as Float).squareRoot())) < 1e-5)
    }

    @Test func theLevelFollowsTheScores() {
        let near = GoodLevel.of([0.2, 0.21, 0.19, 0.2], expecting: .structural)
        let wide = GoodLevel.of([0.1, 0.4, 0.2, 0.3], expecting: .structural)
        #expect(near < 0.25)
        // Photographs in daylight: a good one of twice the largest is no surprise.
        #expect(wide > 0.6)
        let doubled = GoodLevel.of([0.2, 0.8, 0.4, 0.6], expecting: .structural)
        #expect(abs(doubled - 2 * wide) < 1e-4)
    }

    @Test func manyScoresOutweighWhatWasExpected() {
        let few = GoodLevel.of([1, 1, 1, 1], expecting: .logical)
        let many = GoodLevel.of([Float](repeating: 1, count: 60), expecting: .logical)
        #expect(abs(many - 1) < abs(few - 1))
        #expect(many > 0.9 && many < 1.2)
        #expect(GoodLevel.of([], expecting: .logical) == 0)
    }
}

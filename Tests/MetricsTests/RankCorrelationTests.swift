import Metrics
import Testing

struct RankCorrelationTests {
    @Test func theSameOrderGivesOneAndTheReverseMinusOne() {
        #expect(RankCorrelation.of([1, 2, 5, 9], [0.1, 0.2, 0.3, 7]) == 1)
        #expect(RankCorrelation.of([1, 2, 5, 9], [4, 3, 2, 1]) == -1)
    }

    @Test func equalValuesShareTheirRank() throws {
        // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
        let order = try #require(RankCorrelation.of([1, 2, 2, 3], [10, 30, 20, 40]))
        #expect(abs(order - 4.5 / (4.5 * 5).squareRoot()) < 1e-12)
    }

    @Test func tooFewOrEqualValuesHaveNoOrder() {
        #expect(RankCorrelation.of([1, 2], [1, 2]) == nil)
        #expect(RankCorrelation.of([1, 1, 1], [1, 2, 3]) == nil)
    }
}

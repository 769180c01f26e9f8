import Metrics
import Testing

struct SpreadTests {
    @Test func theDeviationIsThatOfTheWholePopulation() throws {
        let spread = try #require(Spread([1, 2, 3, 6]))
        #expect(spread.mean == 3 && abs(spread.std - 3.5.squareRoot()) < 1e-12)
        #expect(Spread([0.25])?.std == 0)
        #expect(Spread([]) == nil)
    }
}

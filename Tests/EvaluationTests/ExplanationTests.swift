import Evaluation
import Imaging
import Testing
import Verdicts

struct ExplanationTests {
    private func box(_ x: Int, _ y: Int, _ side: Int = 10) -> PixelBox {
        PixelBox(x: x, y: y, width: side, height: side)
    }

    private func claim(_ kind: FindingKind, _ boxes: PixelBox...) -> Explanation.Claim {
        Explanation.Claim(kind: kind, boxes: boxes)
    }

    private func explanation(
        _ claims: [Explanation.Claim], _ anomalies: [Anomaly], mask: Mask? = nil
    ) -> [Int] {
        let result = Explanation(claims: claims, anomalies: anomalies, mask: mask)
        return [result.kindCount, result.placeCount, result.rightCount, result.wrongCount]
    }

    @Test func kindAndPlaceAreAskedForApartAndTogether() {
        let nut = Anomaly(kind: .missing, place: .boxes([box(20, 20)]))
        #expect(explanation([claim(.missing, box(22, 20))], [nut]) == [1, 1, 1, 0])
        #expect(explanation([claim(.extra, box(22, 20))], [nut]) == [0, 1, 0, 1])
        #expect(explanation([claim(.missing, box(60, 20))], [nut]) == [1, 0, 0, 1])
        #expect(explanation([], [nut]) == [0, 0, 0, 0])
        // The kind at one place and the place by another kind: both found, nothing right.
        #expect(explanation([claim(.missing, box(60, 20)), claim(.extra, box(20, 20))], [nut]) == [1, 1, 0, 2])
    }

    @Test func aFindingServesOneAnomalyOnly() {
        let two = [Anomaly(kind: .missing, place: .insideMask), Anomaly(kind: .missing, place: .insideMask)]
        let mask = Mask(grid: PixelSize(width: 100, height: 100)) { x, _ in x < 50 }
        #expect(explanation([claim(.missing, box(10, 10))], two, mask: mask) == [1, 1, 1, 0])
        let both = [claim(.missing, box(10, 10)), claim(.missing, box(30, 30))]
        #expect(explanation(both, two, mask: mask) == [2, 2, 2, 0])
        let outside = [claim(.missing, box(10, 10)), claim(.missing, box(70, 30))]
        #expect(explanation(outside, two, mask: mask) == [2, 1, 1, 1])
    }

    @Test func aSwapNeedsTwoThingsThatMoved() {
        let swap = Anomaly(kind: .swapped, place: .boxes([box(0, 0, 40), box(0, 0), box(30, 30)]))
        #expect(explanation([claim(.moved, box(0, 0)), claim(.moved, box(30, 30))], [swap]) == [1, 1, 1, 0])
        #expect(explanation([claim(.moved, box(0, 0))], [swap]) == [0, 0, 0, 0])
    }

    @Test func whereNothingCanBeSeenOnlyTheKindCounts() {
        let lacking = Anomaly(kind: .missing, place: .nowhere)
        let result = Explanation(claims: [claim(.missing, box(0, 0))], anomalies: [lacking], mask: nil)
        #expect(result.anomalyCount == 1 && result.placedCount == 0 && result.kindCount == 1)
        #expect(result.rightCount == 0 && result.wrongCount == 0)
    }

    @Test func eitherKindTellsOfAStructuralDefect() {
        let scratch = Anomaly(kind: .structural, place: .boxes([box(5, 5)]))
        for kind in FindingKind.allCases {
            let isRight = [.surface, .changed].contains(kind)
            #expect(explanation([claim(kind, box(5, 5))], [scratch])[2] == (isRight ? 1 : 0))
        }
    }

    @Test func aSmallSpotInALargePlaceIsNotThatPlace() {
        let wrong = Anomaly(kind: .wrong, place: .boxes([box(0, 0, 100)]))
        #expect(explanation([claim(.changed, box(40, 40))], [wrong]) == [1, 0, 0, 1])
    }
}

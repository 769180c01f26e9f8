import Metrics
import Testing

struct RankingTests {
    @Test func figuresAgreeWithScikitLearn() throws {
        let cases = try MetricsFixtures.read().rankings
        #expect(cases.count > 10)
        for sample in cases {
            let ranking = Ranking(positives: sample.positives, negatives: sample.negatives)
            #expect(agree(ranking.areaUnderCurve, sample.auroc), "\(sample.name)")
            #expect(agree(ranking.averagePrecision, sample.averagePrecision), "\(sample.name)")
            #expect(agree(ranking.bestF1?.value, sample.f1Max), "\(sample.name)")
            #expect(ranking.bestF1?.threshold == sample.f1Threshold, "\(sample.name)")
        }
    }

    @Test func theCurveHasTheAreaAndEndsAtOne() throws {
        for sample in try MetricsFixtures.read().rankings where sample.auroc != nil {
            let curve = Ranking(positives: sample.positives, negatives: sample.negatives).curve
            var area = 0.0
            for (from, to) in zip(curve, curve.dropFirst()) {
                #expect(to.falsePositiveRate >= from.falsePositiveRate && to.truePositiveRate >= from.truePositiveRate)
                area +=
                    (to.falsePositiveRate - from.falsePositiveRate)
                    * (to.truePositiveRate + from.truePositiveRate) / 2
            }
            #expect(curve.last?.falsePositiveRate == 1 && curve.last?.truePositiveRate == 1)
            #expect(agree(area, sample.auroc), "\(sample.name)")
        }
    }

    @Test func mergedScoresAreTheScoresOfAllLists() {
        let lists: [[Float]] = [[3, 1, 2], [], [2, 9], [-1]]
        let merged = SortedScores(merging: lists.map { SortedScores($0) })
        #expect(merged.values == [9, 3, 2, 2, 1, -1])
        #expect(SortedScores(merging: []).values.isEmpty)
    }

    @Test func aSingleClassHasNoCurve() {
        #expect(Ranking(positives: [1], negatives: []).curve.isEmpty)
    }

    @Test func infiniteScoresAreTheLastOnes() {
        let few = Ranking(positives: [.infinity, 1], negatives: [-.infinity, 0])
        #expect(few.areaUnderCurve == 1)
        let many = Ranking(
            positives: [.infinity] + (0..<3000).map { Float($0) + 1 },
            negatives: [-.infinity] + (0..<3000).map { -Float($0) })
        #expect(many.areaUnderCurve == 1 && many.bestF1?.threshold == 1)
    }
}

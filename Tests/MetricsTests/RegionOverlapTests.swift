import Metrics
import Testing

struct RegionOverlapTests {
    /// The union of a picture's defects, and the scores outside it.
    private func parts(_ picture: MetricsFixtures.Picture) -> (union: [UInt8], background: [Float]) {
        var union = [UInt8](repeating: 0, count: picture.scores.count)
        for defect in picture.defects {
            for place in union.indices { union[place] |= defect.bitmap[place] }
        }
        return (union, union.indices.filter { union[$0] == 0 }.map { picture.scores[$0] })
    }

    @Test func saturatedOverlapAgreesWithACountOfEveryThreshold() throws {
        let fixtures = try MetricsFixtures.read()
        for sample in fixtures.overlaps {
            var regions: [RegionOverlap.Region] = []
            for picture in sample.pictures {
                for defect in picture.defects {
                    let places = defect.bitmap.indices.filter { defect.bitmap[$0] != 0 }
                    regions.append(
                        RegionOverlap.Region(
                            scores: places.map { picture.scores[$0] }, saturation: defect.saturation))
                }
            }
            let overlap = RegionOverlap(
                regions: regions, background: sample.pictures.flatMap { parts($0).background })
            for (area, expected) in zip(overlap.areas(upTo: fixtures.limits), sample.spro) {
                #expect(agree(area, expected), "\(sample.name)")
            }
        }
    }

    @Test func overlapOfConnectedRegionsAgreesWithACountOfEveryThreshold() throws {
        let fixtures = try MetricsFixtures.read()
        #expect(fixtures.overlaps.contains { $0.pictures.contains { $0.regionCount > 2 } })
        for sample in fixtures.overlaps {
            var regions: [RegionOverlap.Region] = []
            for picture in sample.pictures {
                let found = ConnectedRegions.of(parts(picture).union, width: picture.width)
                #expect(found.count == picture.regionCount, "\(sample.name)")
                regions += found.map { RegionOverlap.Region(scores: $0.map { picture.scores[$0] }) }
            }
            let overlap = RegionOverlap(
                regions: regions, background: sample.pictures.flatMap { parts($0).background })
            for (area, expected) in zip(overlap.areas(upTo: fixtures.limits), sample.pro) {
                #expect(agree(area, expected), "\(sample.name)")
            }
        }
    }

    @Test func pixelRankingsAgreeWithScikitLearn() throws {
        for sample in try MetricsFixtures.read().overlaps {
            let defective = sample.pictures.flatMap { picture in
                let union = parts(picture).union
                return union.indices.filter { union[$0] != 0 }.map { picture.scores[$0] }
            }
            let ranking = Ranking(
                positives: defective, negatives: sample.pictures.flatMap { parts($0).background })
            #expect(agree(ranking.areaUnderCurve, sample.pixelAuroc), "\(sample.name)")
        }
    }

    @Test func aSaturatedRegionIsWhollyFoundByItsBestPixels() {
        let region = RegionOverlap.Region(scores: [5, 4, 0, 0], saturation: 2)
        #expect(RegionOverlap(regions: [region], background: [3, 2, 1]).areas(upTo: [0.3, 1]) == [1, 1])
    }
}

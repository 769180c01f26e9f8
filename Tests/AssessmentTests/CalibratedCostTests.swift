import AssayTestSupport
import Assessment
import Foundation
import SupportSets
import Testing

struct CalibratedCostTests {
    private func vector(_ range: ClosedRange<Float>, using generator: inout SeededGenerator) -> PartVector {
        var vector = PartVector()
        for part in CostPart.allCases { vector[part.rawValue] = Float.random(in: range, using: &generator) }
        return vector
    }

    @Test func costsAndTheirPartsLieBetweenZeroAndOne() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let scales = vector(0...0.5, using: &generator)
            for largest: Float in [0.001, 1, 1e6, 1e30] {
                let distances = vector(0...largest, using: &generator)
                let total = CalibratedCost.total(distances, scales: scales)
                #expect((0...1).contains(total), "\(distances) \(scales)")
                let parts = CalibratedCost.parts(distances, scales: scales)
                #expect(CostPart.allCases.allSatisfy { (0...1).contains(parts[$0.rawValue]) })
            }
        }
    }

    @Test func nothingDifferentCostsNothing() {
        #expect(CalibratedCost.total(PartVector(), scales: PartVector()) == 0)
        #expect(CalibratedCost.parts(PartVector(), scales: PartVector()) == PartVector())
    }

    @Test func whatDiffersMoreCostsMore() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<500 {
            let scales = vector(0.01...0.5, using: &generator)
            let distances = vector(0...0.1, using: &generator)
            for part in CostPart.allCases {
                var more = distances
                more[part.rawValue] += 0.05
                // The largest part rules: more of a small one may vanish in the rounding, but never costs less.
                let (before, after) = (
                    CalibratedCost.total(distances, scales: scales), CalibratedCost.total(more, scales: scales)
                )
                #expect(after >= before)
                more[part.rawValue] = 100
                if CostPart.details.contains(part) {
                    // However much it differs in details, a thing is still that thing.
                    #expect(CalibratedCost.total(more, scales: scales) <= max(before, 1 - exp(-0.5)) + 1e-6)
                    #expect(
                        CalibratedCost.deviation(more, scales: scales).details
                            > CalibratedCost.deviation(distances, scales: scales).details)
                } else {
                    #expect(CalibratedCost.total(more, scales: scales) > before)
                }
                more[part.rawValue] = distances[part.rawValue] + 0.05
                let parts = CalibratedCost.parts(more, scales: scales)
                #expect(parts[part.rawValue] > CalibratedCost.parts(distances, scales: scales)[part.rawValue])
            }
        }
    }

    @Test func whatVariesMoreBetweenGoodImagesCostsLess() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let scales = vector(10...20, using: &generator)
            let distances = vector(0.1...1, using: &generator)
            #expect(
                CalibratedCost.total(distances, scales: 2 * scales) < CalibratedCost.total(distances, scales: scales))
        }
    }
}

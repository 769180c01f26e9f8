import AssayTestSupport
import Composition
import Enrolment
import Foundation
import SupportSets
import Testing

/// Heads on synthetic features, where it is known what can be told apart.
struct ClassHeadTests {
    private static let channels = 24

    /// An object of a class: a direction of its own, some noise, an area and a colour.
    private func object(_ index: Int, noise: Float, using generator: inout SeededGenerator) -> ObjectDescriptor {
        var representation = (0..<Self.channels).map { _ in Float.random(in: -noise...noise, using: &generator) }
        if index >= 0 { representation[index] += 1 }
        return ObjectDescriptor(
            representation: representation,
            colour: [50 + 8 * Float(index), 0, 0, 5, 5, 5].map { $0 + Float.random(in: -1...1, using: &generator) },
            area: 0.01 * Float(index + 2) * Float.random(in: 0.9...1.1, using: &generator), centreX: 0.5, centreY: 0.5,
            majorAxis: 0.1, minorAxis: 0.05, orientation: 0, objectness: 0.5)
    }

    private func samples(each count: [Int], noise: Float, seed: UInt64) -> [ClassSample] {
        var generator = SeededGenerator(seed: seed)
        return count.enumerated().flatMap { index, count in
            (0..<count).map { _ in
                ClassSample(object: object(index, noise: noise, using: &generator), index: index, share: 1)
            }
        }
            + (0..<60).map { _ in
                ClassSample(object: object(-1, noise: 1, using: &generator), index: nil, share: 0)
            }
    }

    private let centre = [Float](repeating: 0, count: channels)

    @Test(arguments: [1, 2, 3] as [UInt64])
    func classesThatDifferAreToldApartHoweverRareTheyAre(seed: UInt64) throws {
        let head = ClassHeadFit.head(
            names: ["a", "b", "c"], samples: samples(each: [60, 12, 4], noise: 0.3, seed: seed), centre: centre)
        var right = 0
        let probes = samples(each: [20, 20, 20], noise: 0.3, seed: seed + 100).filter { $0.index != nil }
        for probe in probes {
            let probabilities = head.probabilities(of: probe.object)
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-4)
            if head.likeliest(in: probabilities)?.index == probe.index { right += 1 }
        }
        #expect(right >= 58, "seed \(seed): \(right) of 60")
    }

    @Test func whatIsNoObjectIsTold() throws {
        let head = ClassHeadFit.head(
            names: ["a", "b"], samples: samples(each: [20, 20], noise: 0.2, seed: 5), centre: centre)
        let probes = samples(each: [20, 20], noise: 0.2, seed: 6)
        let told = probes.count { probe in
            let none = head.probabilities(of: probe.object)[2]
            return (none > 0.5) == (probe.index == nil)
        }
        #expect(told >= 92, "\(told) of \(probes.count)")
    }

    @Test func theSameSamplesGiveTheSameHead() {
        let samples = samples(each: [10, 10], noise: 0.3, seed: 9)
        #expect(
            ClassHeadFit.head(names: ["a", "b"], samples: samples, centre: centre)
                == ClassHeadFit.head(names: ["a", "b"], samples: samples, centre: centre))
    }

    @Test func theDistanceOfHistogramsIsThatOfThePaper() {
        let references: Set<[Int]> = [[2, 2, 1], [3, 1, 1]]
        #expect(SelfTraining.distance(from: [2, 2, 1], to: references) == 0)
        #expect(SelfTraining.distance(from: [3, 2, 1], to: references) == 1)
        #expect(SelfTraining.distance(from: [0, 0, 0], to: references) == 9)
    }
}

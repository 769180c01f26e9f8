import AssayTestSupport
import Assessment
import Composition
import LinearAlgebra
import Testing

/// Two kinds that differ in a few channels by no more than things of one kind do in each.
struct KindDiscriminantsTests {
    private func objects(_ count: Int, standing offset: Float, using generator: inout SeededGenerator)
        -> [ComparableObject]
    {
        (0..<count).map { _ in
            ComparableObject(
                ObjectDescriptor(
                    representation: (0..<48).map {
                        1 + ($0 < 12 ? offset : 0) + Float.random(in: -0.3...0.3, using: &generator)
                    },
                    colour: [45, 0, 0, 5, 2, 2], area: 0.01, centreX: 0.5, centreY: 0.5, majorAxis: 0.03,
                    minorAxis: 0.03, orientation: 0, objectness: 1),
                centre: [Float](repeating: 0.9, count: 48))
        }
    }

    private func members(images: Int, offset: Float, seed: UInt64) -> [KindDiscriminants.Member] {
        var generator = SeededGenerator(seed: seed)
        return (0..<2).flatMap { kind in
            (0..<images).flatMap { image in
                objects(2, standing: kind == 0 ? 0 : offset, using: &generator).map {
                    KindDiscriminants.Member(kind: kind, image: image, object: $0)
                }
            }
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func whatLiesOnAnotherKindsSideDeviates(seed: UInt64) throws {
        let discriminants = KindDiscriminants(
            kindCount: 2, members: members(images: 4, offset: 0.4, seed: seed), cost: { _, _ in 0.1 })
        var generator = SeededGenerator(seed: seed + 100)
        let seen =
            objects(4, standing: 0, using: &generator) + objects(4, standing: 0.4, using: &generator)
        let deviations = try #require(discriminants.deviations(of: seen))
        for row in seen.indices {
            let own = row < 4 ? 0 : 1
            #expect(deviations[row, own] == 0)
            #expect(deviations[row, 1 - own] > 0.8, "object \(row)")
        }
    }

    @Test func kindsThatGoodImagesMixAreNotToldApart() {
        let mixed = KindDiscriminants(
            kindCount: 2, members: members(images: 4, offset: 0, seed: 3), cost: { _, _ in 0.1 })
        var generator = SeededGenerator(seed: 4)
        #expect(mixed.deviations(of: objects(2, standing: 0, using: &generator)) == nil)
    }

    @Test func twoImagesAndStrangersNeedNoLine() {
        var generator = SeededGenerator(seed: 5)
        let seen = objects(1, standing: 0, using: &generator)
        let few = KindDiscriminants(
            kindCount: 2, members: members(images: 2, offset: 0.4, seed: 6), cost: { _, _ in 0.1 })
        #expect(few.deviations(of: seen) == nil)
        let strangers = KindDiscriminants(
            kindCount: 2, members: members(images: 4, offset: 0.4, seed: 6), cost: { _, _ in 0.9 })
        #expect(strangers.deviations(of: seen) == nil)
        #expect(KindDiscriminants(kindCount: 0, members: [], cost: { _, _ in 0 }).deviations(of: seen) == nil)
    }
}

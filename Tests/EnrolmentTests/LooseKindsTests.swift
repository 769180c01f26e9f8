import AssayTestSupport
import Assessment
import Composition
import Enrolment
import SupportSets
import Testing

/// Things that lie anywhere, described by numbers.
struct LooseKindsTests {
    private struct Thing {
        let name: String
        /// Which eighths of its features are strong.
        let marks: Set<Int>
        let area: Float
        let ratio: Float
    }

    private static let nut = Thing(name: "nut", marks: [0], area: 0.014, ratio: 1.05)
    private static let washer = Thing(name: "washer", marks: [0, 1], area: 0.0155, ratio: 1.03)
    private static let bolt = Thing(name: "bolt", marks: [2, 3], area: 0.02, ratio: 4)

    /// An object of its kind, a little different each time and anywhere.
    private func object(_ thing: Thing, using generator: inout SeededGenerator) -> ComparableObject {
        func random(_ range: ClosedRange<Float>) -> Float { Float.random(in: range, using: &generator) }
        let minor: Float = 0.03
        return ComparableObject(
            ObjectDescriptor(
                representation: (0..<48).map { (thing.marks.contains($0 / 6) ? 1 : 0) + random(-0.2...0.2) },
                // Shadows make colours useless to tell these things apart.
                colour: [random(43...49), random(-2...2), random(-2...2), 5, 2, 2],
                area: thing.area * random(0.95...1.05), centreX: random(0.1...0.9), centreY: random(0.1...0.9),
                majorAxis: minor * thing.ratio * random(0.98...1.02), minorAxis: minor, orientation: 0, objectness: 1),
            centre: [Float](repeating: 0.3, count: 48))
    }

    private func kinds(_ images: [[Thing]], seed: UInt64) throws -> [[Int]] {
        var generator = SeededGenerator(seed: seed)
        let objects = images.map { $0.map { object($0, using: &generator) } }
        return try LooseKinds(of: objects, labels: images.map { _ in nil }).kinds
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func whatEveryImageHoldsIsToldApart(seed: UInt64) throws {
        let things = [Self.nut, Self.washer, Self.bolt, Self.nut, Self.washer]
        let images = (0..<4).map { turn in Array(things[turn...] + things[..<turn]) }
        let kinds = try kinds(images, seed: seed)
        let named = zip(images.joined(), kinds.joined())
        for name in ["nut", "washer", "bolt"] {
            #expect(
                Set(named.filter { $0.0.name == name }.map(\.1)).count == 1, "\(images.map { $0.map(\.name) }) \(kinds)"
            )
        }
        #expect(Set(kinds.joined()).count == 3 && !kinds.joined().contains(-1), "\(kinds)")
    }

    /// Beside bolts a worn washer is as good as a nut; among nuts and washers it is not. And a torn thing in one image
    /// makes no others one kind.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func whatLooksNearlyTheSameIsToldApartByItself(seed: UInt64) throws {
        let ring = Thing(name: "ring", marks: [0, 1, 4, 5, 6, 7], area: 0.0142, ratio: 1.05)
        let disc = Thing(name: "disc", marks: [0, 1, 4, 5, 6], area: 0.0145, ratio: 1.05)
        let torn = Thing(name: "bolt", marks: [2, 3], area: 0.011, ratio: 1.2)
        let things = [ring, disc, Self.bolt, ring, disc]
        var images = (0..<4).map { turn in Array(things[turn...] + things[..<turn]) }
        images[2] = images[2].map { $0.name == "bolt" ? torn : $0 }
        let kinds = try kinds(images, seed: seed)
        let named = zip(images.joined(), kinds.joined())
        for name in ["ring", "disc", "bolt"] {
            #expect(
                Set(named.filter { $0.0.name == name }.map(\.1)).count == 1, "\(images.map { $0.map(\.name) }) \(kinds)"
            )
        }
        #expect(Set(kinds.joined()).count == 3, "\(kinds)")
    }

    @Test func whatOneImageAloneHoldsIsOfNoKind() throws {
        let images = [[Self.nut, Self.bolt, Self.washer]] + (0..<3).map { _ in [Self.bolt, Self.nut] }
        let kinds = try kinds(images, seed: 3)
        #expect(kinds[0][2] == -1)
        #expect(kinds[0][0] == kinds[1][1] && kinds[0][1] == kinds[1][0] && kinds[0][0] != kinds[0][1])
    }

    @Test func twoNamesAreNeverOneKind() throws {
        var generator = SeededGenerator(seed: 5)
        let objects = (0..<3).map { _ in (0..<2).map { _ in object(Self.nut, using: &generator) } }
        let kinds = try LooseKinds(
            of: objects,
            labels: objects.map { _ in [ObjectLabel(id: "1", name: "left"), ObjectLabel(id: "2", name: "right")] }
        ).kinds
        #expect(kinds.allSatisfy { $0 == kinds[0] } && kinds[0][0] != kinds[0][1])
    }

    @Test func imagesWithoutObjectsDoNoHarm() throws {
        #expect(try LooseKinds(of: [[], []], labels: [nil, nil]).kinds == [[], []])
        var generator = SeededGenerator(seed: 6)
        let one = object(Self.nut, using: &generator)
        #expect(try LooseKinds(of: [[one], []], labels: [nil, nil]).kinds == [[0], []])
    }
}

import AssayTestSupport
import Assessment
import Enrolment
import Imaging
import Inference
import Matching
import SupportSets
import Testing

/// What a good image is said to lack when the others judge it.
@Suite struct FoundAgainTests {
    private static let drawn = DrawnScene(
        size: PixelSize(width: 192, height: 144),
        parts: [
            .init(.disc(radius: 16), .red, x: 40, y: 40),
            .init(.bar(width: 20, height: 44), .green, x: 100, y: 72),
            .init(.disc(radius: 14), .blue, x: 150, y: 104),
        ])

    private func scene(_ drawn: DrawnScene, seed: UInt64) throws -> Scene {
        let image = drawn.varied(seed: seed).image(scale: 2)
        return Scene(image: image, perception: try DrawnModel(longSide: 240).perceive(image))
    }

    @Test func anObjectThatOneImageOfFourDoesNotShowAgainWeighsAQuarterLess() throws {
        var scenes = try (1...4).map { try scene(Self.drawn, seed: $0) }
        let bank = try LogicalFit.bank(of: scenes, names: scenes.indices.map { "\($0)" })
        #expect(bank.images.allSatisfy { $0.objects.count == 3 && $0.objects.allSatisfy { $0.weight == 1 } })
        #expect(try bank.weighedByFinding(in: scenes) == bank)

        var lacking = Self.drawn
        lacking.parts.remove(at: 1)
        scenes[2] = try scene(lacking, seed: 3)
        let weighed = try bank.weighedByFinding(in: scenes)
        for image in weighed.images {
            #expect(image.objects.map(\.weight).sorted() == [0.75, 1, 1])
        }
    }

    @Test func whatTheSegmenterDoesNotSeeInItsOwnImageWeighsHalf() throws {
        let scenes = try (1...2).map { try scene(Self.drawn, seed: $0) }
        let bank = try LogicalFit.bank(of: scenes, names: ["a", "b"])
        #expect(try bank.weighedByFinding(in: scenes) == bank)
        let empty = try scene(DrawnScene(size: Self.drawn.size, parts: []), seed: 1)
        for image in try bank.weighedByFinding(in: [empty, scenes[1]]).images {
            #expect(image.objects.map(\.weight) == [0.5, 0.5, 0.5])
        }
        let unseen = try bank.weighedByFinding(in: [empty, empty])
        #expect(unseen.images.allSatisfy { $0.objects.allSatisfy { $0.weight == 0 } })
    }
}

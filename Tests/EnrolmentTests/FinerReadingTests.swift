import AssayTestSupport
import Assessment
import Enrolment
import Imaging
import SupportSets
import Testing

struct FinerReadingTests {
    private static let size = PixelSize(width: 192, height: 144)

    private func objectCounts(_ scene: DrawnScene, pictures: Int = 4) throws -> [Int] {
        let scenes = try (1...pictures).map { seed in
            let image = scene.varied(seed: UInt64(seed)).image(scale: 2)
            return Scene(image: image, perception: try TouchingModel().perceive(image))
        }
        // There is something to choose: the whole and its pieces.
        #expect(scenes.allSatisfy { $0.plausibleNodes.count > scene.parts.count })
        return try LogicalFit.bank(of: scenes, names: scenes.indices.map { "\($0)" }).images.map(\.objects.count)
    }

    @Test func boxesThatAlwaysStandTogetherAreObjectsEach() throws {
        let scene = DrawnScene(
            size: Self.size,
            parts: [
                .init(.bar(width: 20, height: 44), .red, x: 80, y: 72),
                .init(.bar(width: 20, height: 44), .green, x: 100, y: 72),
                .init(.bar(width: 20, height: 44), .blue, x: 120, y: 72),
                .init(.disc(radius: 14), .yellow, x: 30, y: 40),
                .init(.disc(radius: 16), .magenta, x: 160, y: 112),
            ])
        let counts = try objectCounts(scene)
        #expect(counts == [5, 5, 5, 5])
    }

    @Test func aThingOfTwoColoursThatComesSeveralTimesIsOneObject() throws {
        let parts = [(40.0, 36.0), (140, 40), (44, 106), (136, 108)].flatMap { x, y -> [DrawnScene.Part] in
            [
                .init(.bar(width: 22, height: 26), .red, x: x - 11, y: y),
                .init(.bar(width: 22, height: 26), .blue, x: x + 11, y: y),
            ]
        }
        let counts = try objectCounts(DrawnScene(size: Self.size, parts: parts))
        #expect(counts == [4, 4, 4, 4])
    }
}

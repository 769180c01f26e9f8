import AssayTestSupport
import Assessment
import Enrolment
import Imaging
import Regions
import SupportSets
import Testing

struct FinerReadingTests {
    private static let size = PixelSize(width: 192, height: 144)

    private func scenes(of scene: DrawnScene, count: Int) throws -> [Scene] {
        try (1...count).map { seed in
            let image = scene.varied(seed: UInt64(seed)).image(scale: 2)
            return Scene(image: image, perception: try TouchingModel().perceive(image))
        }
    }

    private func objectCounts(_ scene: DrawnScene, pictures: Int = 4) throws -> [Int] {
        let scenes = try scenes(of: scene, count: pictures)
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

    /// The same two bars stand together four times in each picture: where they were selected as one thing they stay one.
    @Test func aThingOfTwoColoursThatComesSeveralTimesIsNotTakenApart() throws {
        let parts = [(40.0, 36.0), (140, 40), (44, 106), (136, 108)].flatMap { x, y -> [DrawnScene.Part] in
            [
                .init(.bar(width: 22, height: 26), .red, x: x - 10, y: y),
                .init(.bar(width: 22, height: 26), .blue, x: x + 10, y: y),
            ]
        }
        let (wholes, refined) = try readFiner(parts)
        #expect(wholes.map(\.count) == [4, 4, 4, 4])
        #expect(refined == wholes)
    }

    @Test func whatComesOnceIsTakenApart() throws {
        let (wholes, refined) = try readFiner([
            .init(.bar(width: 22, height: 26), .red, x: 60, y: 70),
            .init(.bar(width: 22, height: 26), .blue, x: 80, y: 70),
        ])
        #expect(wholes.map(\.count) == [1, 1, 1, 1])
        #expect(refined.map(\.count) == [2, 2, 2, 2])
    }

    /// Selects every whole by hand.
    private func readFiner(_ parts: [DrawnScene.Part]) throws -> (wholes: [[Int]], refined: [[Int]]) {
        let scene = DrawnScene(size: Self.size, parts: parts)
        let scenes = try scenes(of: scene, count: 4)
        let centre = [Float](repeating: 0, count: scenes[0].meanFeature.count)
        let compared = ComparedScenes(
            scenes, candidates: scenes.map { $0.candidates.map { ComparableObject($0, centre: centre) } },
            settled: scenes.map { _ in nil }, centre: centre)
        let wholes = scenes.map { scene in
            scene.hierarchy.nodes.indices.filter {
                scene.hierarchy.nodes[$0].children != nil && scene.hierarchy.nodes[$0].parent == nil
            }
        }
        let evidence = try #require(compared.evidence)
        return (wholes, FinerReading(of: compared, evidence: evidence).refined(wholes))
    }
}

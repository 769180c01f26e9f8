import AssayTestSupport
import Assessment
import Composition
import Enrolment
import Imaging
import Testing

/// Things of two colours, of which one image may show but a half.
struct AgreedReadingTests {
    private static let places = [(40.0, 36.0), (140, 40), (44, 106), (136, 108)]

    private func scenes() throws -> [Scene] {
        let parts = Self.places.flatMap { x, y -> [DrawnScene.Part] in
            [
                .init(.bar(width: 22, height: 26), .red, x: x - 11, y: y),
                .init(.bar(width: 22, height: 26), .blue, x: x + 11, y: y),
            ]
        }
        let scene = DrawnScene(size: PixelSize(width: 192, height: 144), parts: parts)
        return try (1...4).map { seed in
            let image = scene.varied(seed: UInt64(seed)).image(scale: 2)
            return Scene(image: image, perception: try TouchingModel().perceive(image))
        }
    }

    private func compared(_ scenes: [Scene]) -> ComparedScenes {
        let centre = [Float](repeating: 0, count: scenes[0].meanFeature.count)
        return ComparedScenes(
            scenes, candidates: scenes.map { $0.candidates.map { ComparableObject($0, centre: centre) } },
            settled: scenes.map { _ in nil }, centre: centre)
    }

    /// The region nearest to a thing, or to its left half.
    private func node(at place: (x: Double, y: Double), area: Double, in scene: Scene) -> Int? {
        scene.plausibleNodes.min { first, second in
            func distance(_ node: Int) -> Double {
                let descriptor = scene.candidates[node]
                let x = Double(descriptor.centreX) * 192 - place.x
                let y = Double(descriptor.centreY) * 144 - place.y
                return abs(x) + abs(y) + 0.1 * abs(Double(descriptor.area) * 192 * 144 - area)
            }
            return distance(first) < distance(second)
        }
    }

    private func wholes(_ scene: Scene) -> [Int] {
        Self.places.compactMap { node(at: $0, area: 44 * 26, in: scene) }.sorted()
    }

    @Test func aHalfIsReadAsTheWholeThatTheOthersShow() throws {
        let scenes = try scenes()
        let wholes = scenes.map(wholes)
        var torn = wholes
        let half = try #require(node(at: (Self.places[2].0 - 11, Self.places[2].1), area: 22 * 26, in: scenes[1]))
        let whole = try #require(node(at: Self.places[2], area: 44 * 26, in: scenes[1]))
        #expect(half != whole)
        torn[1] = (torn[1].filter { $0 != whole } + [half]).sorted()
        #expect(try AgreedReading(of: compared(scenes)).refined(torn) == wholes)
    }

    @Test func whatAgreesStaysAsItIs() throws {
        let scenes = try scenes()
        let wholes = scenes.map(wholes)
        #expect(try AgreedReading(of: compared(scenes)).refined(wholes) == wholes)
    }

    /// Of two images none can say which of them is right.
    @Test func twoImagesAreLeftAlone() throws {
        let two = Array(try scenes().prefix(2))
        let half = try #require(node(at: (Self.places[2].0 - 11, Self.places[2].1), area: 22 * 26, in: two[1]))
        let nodes = [wholes(two[0]), [half]]
        #expect(try AgreedReading(of: compared(two)).refined(nodes) == nodes)
    }
}

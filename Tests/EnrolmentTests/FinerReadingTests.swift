import AssayTestSupport
import Assessment
import Enrolment
import Imaging
import Inference
import SupportSets
import Testing

/// Perceives drawn scenes as `DrawnModel` does, with a border where two colours meet, the stronger the more they differ.
private struct TouchingModel: PerceptionModel {
    private let plain = DrawnModel(longSide: 240)
    var identity: ModelIdentity { plain.identity }

    func perceive(_ image: Image) throws(InferenceError) -> Perception {
        let perception = try plain.perceive(image)
        let maps = perception.parts
        let picture = image.resized(to: maps.size)
        var boundary = maps.boundary
        for y in 0..<maps.size.height {
            for x in 1..<maps.size.width {
                let index = y * maps.size.width + x
                let change = (0..<3).map { channel in
                    abs(Int(picture.pixels[3 * index + channel]) - Int(picture.pixels[3 * (index - 1) + channel]))
                }
                guard maps.object[index] > 0, maps.object[index - 1] > 0, change.reduce(0, +) > 80 else { continue }
                let strength = min(0.95, 0.55 + Float(change.reduce(0, +)) / 1000)
                boundary[index] = max(boundary[index], strength)
                boundary[index - 1] = max(boundary[index - 1], strength)
            }
        }
        return Perception(
            features: perception.features,
            parts: PartMaps(
                size: maps.size, object: maps.object, boundary: boundary, distance: maps.distance),
            featureTime: .zero, objectTime: .zero)
    }
}

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

import AssayTestSupport
import Assessment
import Enrolment
import Imaging
import Inference
import Regions
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

    /// Three boxes side by side, and two other things.
    private static let boxes = DrawnScene(
        size: Self.size,
        parts: [
            .init(.bar(width: 20, height: 44), .red, x: 80, y: 72),
            .init(.bar(width: 20, height: 44), .green, x: 100, y: 72),
            .init(.bar(width: 20, height: 44), .blue, x: 120, y: 72),
            .init(.disc(radius: 14), .yellow, x: 30, y: 40),
            .init(.disc(radius: 16), .magenta, x: 160, y: 112),
        ])

    private func objectCounts(_ scene: DrawnScene, pictures: Int = 4) throws -> [Int] {
        let scenes = try (1...pictures).map { seed in
            let image = scene.varied(seed: UInt64(seed)).image(scale: 2)
            return Scene(image: image, perception: try TouchingModel().perceive(image))
        }
        // There is something to choose: the whole and its pieces.
        #expect(scenes.allSatisfy { $0.plausibleNodes.count > scene.parts.count })
        return try LogicalFit.bank(of: scenes, names: scenes.indices.map { "\($0)" }).images.map(\.objects.count)
    }

    /// The same, but with a border across the blue box that is stronger than any.
    private func misreading(_ perception: Perception, of image: Image) -> Perception {
        let maps = perception.parts
        let picture = image.resized(to: maps.size)
        let blue = (0..<maps.size.pixelCount).filter {
            picture.pixels[3 * $0 + 2] > 140 && picture.pixels[3 * $0] < 110 && picture.pixels[3 * $0 + 1] < 110
        }
        let rows = blue.map { $0 / maps.size.width }
        let middle = rows.reduce(0, +) / max(1, rows.count)
        var boundary = maps.boundary
        for index in blue {
            if abs(index / maps.size.width - middle) <= 1 { boundary[index] = 0.97 }
        }
        return Perception(
            features: perception.features,
            parts: PartMaps(
                size: maps.size, object: maps.object, boundary: boundary, distance: maps.distance),
            featureTime: .zero, objectTime: .zero)
    }

    /// The node that is the likest to some parts of a drawn scene.
    private func node(of parts: ArraySlice<DrawnScene.Part>, in scene: Scene) -> Int? {
        let scale = Double(scene.hierarchy.size.width) / Double(Self.size.width)
        let boxes = parts.map(\.box)
        let (left, top) = (boxes.map(\.x).min() ?? 0, boxes.map(\.y).min() ?? 0)
        let (right, bottom) = (boxes.map(\.maxX).max() ?? 0, boxes.map(\.maxY).max() ?? 0)
        func scaled(_ value: Int) -> Int { Int((scale * Double(value)).rounded()) }
        let whole = PixelBox(
            x: scaled(left), y: scaled(top), width: scaled(right - left), height: scaled(bottom - top))
        return scene.hierarchy.nodes.indices.max {
            scene.hierarchy.mask(of: $0).box.overlapRatio(whole)
                < scene.hierarchy.mask(of: $1).box.overlapRatio(whole)
        }
    }

    @Test func aPictureThatPartsThemInAnotherWayIsCutAsTheOthersShow() throws {
        let drawn = (1...4).map { Self.boxes.varied(seed: UInt64($0)) }
        let scenes = try drawn.enumerated().map { index, scene in
            let image = scene.image(scale: 2)
            let perception = try TouchingModel().perceive(image)
            return Scene(image: image, perception: index == 1 ? misreading(perception, of: image) : perception)
        }
        let centre = [Float](repeating: 0, count: scenes[0].meanFeature.count)
        let compared = ComparedScenes(
            scenes, candidates: scenes.map { $0.candidates.map { ComparableObject($0, centre: centre) } },
            settled: scenes.map { _ in nil }, centre: centre)
        let groups = try zip(drawn, scenes).map { [try #require(node(of: $0.parts[..<3], in: $1))] }
        let apart = try drawn.indices.map { image in
            if image != 1 {
                return try (0..<3).map { try #require(node(of: drawn[image].parts[$0...$0], in: scenes[image])) }
            }
            let halves = try #require(scenes[1].hierarchy.halves(of: groups[1][0]))
            return [halves.first, halves.second]
        }
        let cuts = try #require(
            GroupCuts(of: groups, apart: apart, in: compared, centre: centre, agree: { $0 != 1 && $1 != 1 }))
        #expect(cuts.nodes == [apart[0], groups[1], apart[2], apart[3]])
        #expect(cuts.pieces.map(\.count) == [0, 1, 0, 0])
        let pieces = try #require(cuts.pieces[1][groups[1][0]])
        #expect(pieces.count == 3)
        let scale = Double(scenes[1].hierarchy.size.width) / Double(Self.size.width)
        for (piece, part) in zip(pieces, drawn[1].parts) {
            let centroid = try #require(piece.centroid)
            #expect(abs(centroid.x - scale * part.x) < 4 && abs(centroid.y - scale * part.y) < 4)
            #expect(abs(Double(piece.area) / (scale * scale * 20 * 44) - 1) < 0.2)
        }
        // Two images of four may be alike by chance.
        let two = GroupCuts(of: groups, apart: apart, in: compared, centre: centre, agree: { $0 >= 2 && $1 >= 2 })
        #expect(two == nil)
    }

    @Test func boxesThatAlwaysStandTogetherAreObjectsEach() throws {
        #expect(try objectCounts(Self.boxes) == [5, 5, 5, 5])
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

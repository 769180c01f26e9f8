import AssayTestSupport
import Assessment
import Imaging
import Inference
import Testing
import Verdicts

/// What a difference is told as, so that a person reads what happened.
struct FindingCausesTests {
    /// Enrolled once for all tests.
    private static let enrolled = Result { try Bench() }
    private let bench: Bench

    init() throws {
        bench = try Self.enrolled.get()
    }

    /// What is told of a good tray, changed.
    private func findings(_ change: (inout DrawnScene) -> Void) throws -> [Finding] {
        var scene = DrawnScene.tray.varied(seed: 40)
        change(&scene)
        return try bench.assess(scene).findings
    }

    private func words(_ findings: [Finding]) -> Comment { "\(findings.map { "\($0.kind): \($0.sentence)" })" }

    @Test func aPartThatLiesElsewhereIsMovedAndItsPlaceIsEmpty() throws {
        let home = DrawnScene.tray.parts[2].box
        let findings = try findings { ($0.parts[2].x, $0.parts[2].y) = (66, 72) }
        #expect(findings.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.missing, .moved], words(findings))
        let moved = try #require(findings.first { $0.kind == .moved })
        let missing = try #require(findings.first { $0.kind == .missing })
        #expect(
            try #require(moved.box).overlap(with: DrawnScene.Part(.disc(radius: 11), .blue, x: 66, y: 72).box) > 0.6)
        #expect(try #require(missing.expectedBox).overlap(with: home) > 0.5 && missing.box == nil)
        #expect(missing.sentence == "The part is missing at the top right: it lies in the middle.", words(findings))
        #expect(moved.share == missing.share)
    }

    @Test func aPartThatStillLiesAtItsPlaceIsNotMissing() throws {
        let findings = try findings { ($0.parts[2].x, $0.parts[2].y) = (144, 48) }
        #expect(!findings.isEmpty && !findings.contains { $0.kind == .missing || $0.kind == .extra }, words(findings))
    }

    @Test func partsThatChangedPlacesLeaveNoneEmpty() throws {
        let findings = try findings { scene in
            let (first, second) = (scene.parts[0], scene.parts[5])
            (scene.parts[0].x, scene.parts[0].y) = (second.x, second.y)
            (scene.parts[5].x, scene.parts[5].y) = (first.x, first.y)
        }
        #expect(findings.map(\.kind) == [.moved, .moved], words(findings))
    }

    @Test func aDarkFlatPatchIsAMarkAndNoThing() throws {
        let patch = DrawnScene.Part(.disc(radius: 10), .init(100, 30, 20), x: 66, y: 72)
        let findings = try findings { $0.parts.append(patch) }
        let mark = try #require(findings.first, "nothing is told")
        #expect(mark.kind == .surface, words(findings))
        #expect(try #require(mark.box).overlap(with: patch.box) > 0.6)
        #expect(mark.sentence == "A dark mark that no good image shows lies in the middle.", words(findings))
        #expect(!findings.contains { $0.kind == .extra })
    }

    /// A thing sends light back somewhere: where it shines, or in its own colour.
    @Test(arguments: [(DrawnScene.Colour(20, 20, 100), true), (.init(20, 20, 190), false)])
    func whatShinesOrIsOfALighterColourIsAThing(colour: DrawnScene.Colour, shines: Bool) throws {
        let findings = try findings { scene in
            scene.parts.append(DrawnScene.Part(.disc(radius: 10), colour, x: 66, y: 72))
            if shines {
                scene.parts.append(DrawnScene.Part(.disc(radius: 5), .init(150, 150, 250), x: 64, y: 70))
            }
        }
        #expect(findings.contains { $0.kind == .extra }, words(findings))
        #expect(!findings.contains { $0.sentence.contains("mark") }, words(findings))
    }

    @Test func aDarkFlatThingInTheSteadOfAnotherIsNoMark() throws {
        let findings = try findings { $0.parts[4].colour = .init(100, 30, 20) }
        #expect(findings.map(\.kind) == [.changed], words(findings))
    }

    /// A strip lies where a square should be: another thing in its stead, though it covers little of the place.
    @Test func aThinThingInTheSteadOfAnotherIsOneCause() throws {
        let findings = try findings { scene in
            scene.parts[5].shape = .bar(width: 28, height: 6)
            scene.parts[5].colour = .red
        }
        #expect(findings.map(\.kind) == [.changed], words(findings))
    }

    @Test func aPartThatIsOnlySmallerIsChangedAndNotThereInPart() throws {
        let findings = try findings { $0.parts[5].shape = .bar(width: 23, height: 23) }
        #expect(findings.map(\.kind) == [.changed], words(findings))
        #expect(findings.first?.sentence.contains("smaller") == true, words(findings))
    }

    /// Three strips where a whole square should be.
    @Test func ofAPartThatIsThereInPiecesSomeIsMissing() throws {
        let whole = DrawnScene.tray.parts[5]
        let findings = try findings { scene in
            scene.parts.removeLast()
            for offset in [-11.0, 0, 11] {
                scene.parts.append(
                    DrawnScene.Part(.bar(width: 28, height: 6), whole.colour, x: whole.x, y: whole.y + offset))
            }
        }
        #expect(findings.map(\.kind) == [.missing], words(findings))
        let missing = try #require(findings.first)
        #expect(try #require(missing.expectedBox).overlap(with: whole.box) > 0.6)
        #expect(missing.sentence.hasPrefix("Some of the part is missing at the bottom right ("), words(findings))
    }

    /// Sees a border wherever colours meet, also inside what it takes for one object.
    private struct EdgeModel: PerceptionModel {
        let identity = DrawnModel().identity
        func perceive(_ image: Image) throws(InferenceError) -> Perception {
            let seen = try DrawnModel().perceive(image)
            let size = seen.parts.size
            let picture = image.resized(to: size)
            var boundary = seen.parts.boundary
            for y in 0..<size.height - 1 {
                for x in 0..<size.width - 1 {
                    let pixel = y * size.width + x
                    for other in [pixel + 1, pixel + size.width] {
                        let differs = (0..<3).contains { channel in
                            abs(Int(picture.pixels[3 * pixel + channel]) - Int(picture.pixels[3 * other + channel]))
                                > 40
                        }
                        if differs { boundary[pixel] = max(boundary[pixel], 0.7) }
                    }
                }
            }
            let distance = (0..<size.pixelCount).map { pixel in
                seen.parts.object[pixel] == 0 ? 0 : min(1, Float(Self.steps(from: pixel, to: boundary, size)) / 10)
            }
            return Perception(
                features: seen.features,
                parts: PartMaps(size: size, object: seen.parts.object, boundary: boundary, distance: distance),
                featureTime: .zero, objectTime: .zero)
        }

        /// Rows or columns to the nearest border, at most ten.
        private static func steps(from pixel: Int, to boundary: [Float], _ size: PixelSize) -> Int {
            let (x, y) = (pixel % size.width, pixel / size.width)
            return (0...10).first { reach in
                (max(0, y - reach)...min(size.height - 1, y + reach)).contains { row in
                    (max(0, x - reach)...min(size.width - 1, x + reach)).contains { column in
                        boundary[row * size.width + column] > 0
                    }
                }
            } ?? 10
        }
    }

    @Test func aKnownThingOnAnotherIsExtraAndTheOtherIsNotChanged() throws {
        let plate = DrawnScene(
            size: DrawnScene.tray.size,
            parts: [
                DrawnScene.Part(.bar(width: 96, height: 84), .yellow, x: 62, y: 72),
                DrawnScene.Part(.disc(radius: 16), .red, x: 152, y: 38),
                DrawnScene.Part(.disc(radius: 16), .blue, x: 152, y: 106),
            ])
        let bench = try Bench((1...4).map { plate.varied(seed: $0) }, model: EdgeModel())
        var scene = plate.varied(seed: 40)
        let thing = DrawnScene.Part(.disc(radius: 16), .red, x: 60, y: 70)
        scene.parts.append(thing)
        let findings = try bench.assess(scene, model: EdgeModel()).findings
        #expect(findings.map(\.kind) == [.extra], words(findings))
        #expect(try #require(findings.first?.box).overlap(with: thing.box) > 0.5)
    }

    /// Three bars that touch, and a disc: the bars now lie where the disc should be.
    @Test func partsThatMovedTogetherAreOneCause() throws {
        func scene(barsAt x: Double, _ y: Double, discAt discX: Double, _ discY: Double) -> DrawnScene {
            let colours: [DrawnScene.Colour] = [.red, .green, .cyan]
            let bars = colours.enumerated().map { index, colour in
                DrawnScene.Part(.bar(width: 20, height: 44), colour, x: x + 20 * Double(index), y: y)
            }
            return DrawnScene(
                size: DrawnScene.tray.size,
                parts: bars + [DrawnScene.Part(.disc(radius: 26), .blue, x: discX, y: discY)])
        }
        let goods = (1...4).map { scene(barsAt: 36, 36, discAt: 144, 106).varied(seed: $0) }
        let bench = try Bench(goods, model: EdgeModel())
        let findings = try bench.assess(
            scene(barsAt: 128, 106, discAt: 56, 36).varied(seed: 40), model: EdgeModel()
        ).findings
        #expect(findings.map(\.kind) == [.moved, .moved], words(findings))
        #expect(
            findings.contains { $0.sentence == "3 parts that belong at the top left lie at the bottom right." },
            words(findings))
    }
}

import AssayTestSupport
import Assessment
import Imaging
import Testing
import Verdicts

/// Pictures with no objects and with very many.
struct ObjectCountTests {
    /// Twenty by fifteen small parts in five colours.
    private static func crowd(seed: UInt64) -> DrawnScene {
        let colours: [DrawnScene.Colour] = [.red, .green, .blue, .yellow, .magenta]
        let parts = (0..<300).map { index in
            DrawnScene.Part(
                index % 2 == 0 ? .disc(radius: 9) : .bar(width: 18, height: 14), colours[index * 7 % 5],
                x: Double(16 + index % 20 * 32), y: Double(16 + index / 20 * 32))
        }
        return DrawnScene(size: PixelSize(width: 640, height: 480), parts: parts).varied(seed: seed)
    }

    @Test(.timeLimit(.minutes(1)))
    func threeHundredObjectsAreJudged() throws {
        let model = DrawnModel(longSide: 320)
        let bench = try Bench([Self.crowd(seed: 1), Self.crowd(seed: 2)], model: model)
        for method in Method.enrolled {
            let good = try bench.assess(Self.crowd(seed: 1), by: method, model: model)
            #expect(good.decision == .pass && good.objectsSeen == 300 && good.objectsExpected == 300)
            var scene = Self.crowd(seed: 3)
            let place = scene.parts.remove(at: 123).box
            let bad = try bench.assess(scene, by: method, model: model)
            #expect(bad.objectsSeen == 299)
            let missing = bad.findings.first { $0.kind == .missing }
            if method == .assay {
                #expect(bad.decision == .fail, "score \(bad.score ?? -1)")
                // Among look-alikes this close the neighbour may be named instead.
                let named = try #require(missing?.expectedBox)
                #expect(abs(named.x - place.x) <= 40 && abs(named.y - place.y) <= 40, "\(named) for \(place)")
            }
        }
    }

    @Test func oneObjectIsJudged() throws {
        let one = DrawnScene(size: DrawnScene.tray.size, parts: [DrawnScene.tray.parts[4]])
        let bench = try Bench((1...4).map { one.varied(seed: UInt64($0)) })
        for method in Method.enrolled {
            #expect(try bench.assess(one.varied(seed: 1), by: method).decision == .pass)
            let empty = try bench.assess(DrawnScene(size: one.size, parts: []), by: method)
            // ROMAD counts an empty side as the largest cost between good images, which here is next to nothing.
            let expected: [Decision] = method == .romad ? [.fail, .inconclusive] : [.fail]
            #expect(expected.contains(empty.decision), "\(method), score \(empty.score ?? -1)")
        }
    }

    @Test(arguments: Method.enrolled)
    func anEmptyPicturePassesWhereAGoodPictureIsEmptyToo(method: Method) throws {
        let empty = DrawnScene(size: DrawnScene.tray.size, parts: [])
        let bench = try Bench([empty] + Bench.trays(count: 3))
        let assessment = try bench.assess(empty, by: method)
        #expect(assessment.decision == .pass, "score \(assessment.score ?? -1)")
        #expect(assessment.objectsSeen == 0 && assessment.objectsExpected == 0)
    }
}

import AssayTestSupport
import Assessment
import Composition
import Imaging
import SupportSets
import Testing
import Verdicts

/// Surfaces where good images differ, and where they do not.
@Suite struct SurfaceScaleTests {
    private static func map(_ distances: [Float]) -> StructuralMap {
        StructuralMap(height: 3, width: 6, distances: distances)
    }

    @Test func aDistanceCountsTheMoreTheLessGoodImagesDiffer() {
        // The left third of the pictures is restless.
        let restless = (0..<18).map { Float($0 % 6 < 2 ? 0.3 : 0.02) }
        let spread = SurfaceSpread(ofWidened: [Self.map(restless), Self.map(restless)].map { $0.widened() })
        #expect(spread[0] > 3 * spread[5])
        let scaled = SurfaceScale(spread).applied(to: Self.map([Float](repeating: 0.1, count: 18)))
        #expect(scaled.distances[5] > 2 * scaled.distances[0])
        // What good images show everywhere is below the smallest level.
        let good = SurfaceScale(spread).applied(to: Self.map(restless))
        #expect(good.distances.allSatisfy { $0 < SurfaceScale.smallestLevel })
        #expect(SurfaceScale(nil).applied(to: Self.map(restless)).distances == restless)
    }

    /// A part of any colour shall not hide a faint stain on the tray.
    @Test func aStainIsSeenBesideAPartThatIsNeverTheSame() throws {
        let colours: [DrawnScene.Colour] = [
            DrawnScene.Colour(250, 130, 20), DrawnScene.Colour(120, 20, 250), DrawnScene.Colour(20, 250, 130),
            DrawnScene.Colour(90, 20, 60),
        ]
        func tray(_ colour: DrawnScene.Colour, seed: UInt64) -> DrawnScene {
            var tray = DrawnScene.tray
            tray.parts[4].colour = colour
            return tray.varied(seed: seed)
        }
        let bench = try Bench((0..<4).map { tray(colours[$0], seed: UInt64($0 + 1)) })
        var stained = tray(colours[0], seed: 9)
        stained.parts.append(
            DrawnScene.Part(
                .disc(radius: 12), DrawnScene.Colour(175, 175, 175), x: 66, y: 70))
        let recoloured = tray(DrawnScene.Colour(0, 60, 90), seed: 9)
        func score(_ drawn: DrawnScene, usesSpread: Bool) throws -> Float {
            var switches = JudgementSwitches.standard
            switches.usesSpread = usesSpread
            return try AssayJudge(set: bench.set, switches: switches).judge(
                Scene(perceiving: drawn.image(), but: [], with: DrawnModel())
            ).structuralScore
        }
        #expect(try score(stained, usesSpread: false) < score(recoloured, usesSpread: false))
        #expect(try score(stained, usesSpread: true) > 1.5 * score(recoloured, usesSpread: true))
    }
}

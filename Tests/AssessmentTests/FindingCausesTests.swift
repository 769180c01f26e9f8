import AssayTestSupport
import Assessment
import Imaging
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
}

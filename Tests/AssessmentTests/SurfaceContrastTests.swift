import AssayTestSupport
import Assessment
import Imaging
import SupportSets
import Testing
import Verdicts

/// Things that the network does not see as objects, but that come and go as parts do.
@Suite struct SurfaceContrastTests {
    private let thing = DrawnScene.Part(.bar(width: 100, height: 110), .green, x: 125, y: 72)
    private let other = DrawnScene.Part(.disc(radius: 12), .red, x: 40, y: 72)

    private func first(_ tray: DrawnScene, goods: [DrawnScene]) throws -> Finding {
        let blind = BlindModel(place: thing.box)
        let bench = try Bench(goods, model: blind)
        let assessment = try bench.assess(tray, model: blind)
        #expect(assessment.decision == .fail)
        return try #require(assessment.findings.first)
    }

    private func scene(_ parts: [DrawnScene.Part]) -> DrawnScene {
        DrawnScene(size: DrawnScene.tray.size, parts: parts)
    }

    @Test func aThingThatWasNeverFoundIsMissing() throws {
        let finding = try first(scene([other]), goods: Array(repeating: scene([other, thing]), count: 4))
        #expect(finding.kind == .missing && finding.box == nil, "\(finding.sentence)")
        // The search finds ground within its reach: only the middle of the empty place is sure.
        let place = try #require(finding.expectedBox)
        #expect(10 * place.intersection(thing.box).area >= 9 * place.area)
        #expect(finding.sentence == "Something that every good image shows is missing on the right.")
    }

    @Test func aThingThatIsNotFoundIsExtra() throws {
        let finding = try first(scene([other, thing]), goods: Array(repeating: scene([other]), count: 4))
        #expect(finding.kind == .extra, "\(finding.sentence)")
        #expect(try #require(finding.box).overlap(with: thing.box) > 0.3)
    }
}

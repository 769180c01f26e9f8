import AssayTestSupport
import Assessment
import Composition
import Imaging
import SupportSets
import Testing
import Verdicts

/// What the picture shows where an object is said to have changed.
@Suite struct PlaceEvidenceTests {
    @Test func whatThePictureDoesNotBearOutCountsLess() {
        #expect(PlaceEvidence.share(peak: 0.1, level: 0.1) == 1)
        let shares = [0.02, 0.04, 0.06, 0.08].map { PlaceEvidence.share(peak: $0, level: 0.1) }
        #expect(shares == shares.sorted() && shares[0] < 0.5 && shares[0] > 0 && shares[3] == 1)
    }

    /// The search of the structural map reaches beyond a small part: it would find the ground beside one that is gone.
    @Test(arguments: [5.0, 9, 16, 30])
    func aPartThatIsGoneFailsHoweverSmall(radius: Double) throws {
        let tray = DrawnScene(
            size: DrawnScene.tray.size, parts: [DrawnScene.Part(.disc(radius: radius), .red, x: 90, y: 70)])
        let bench = try Bench((1...4).map { tray.varied(seed: UInt64($0)) })
        #expect(try bench.assess(tray.varied(seed: 9)).decision == .pass)
        let empty = try bench.assess(DrawnScene(size: tray.size, parts: []))
        #expect(empty.decision == .fail, "score \(empty.score ?? -1)")
    }

    /// A tree that is cut otherwise loses an object although nothing has changed.
    @Test func whatOnlyTheTreeHasLostCountsLittle() throws {
        let tray = DrawnScene.tray
        let bench = try Bench(Array(repeating: tray, count: 4))
        #expect(bench.set.manifest.structure.isAligned)
        let blind = BlindModel(place: tray.parts[2].box)
        func score(_ drawn: DrawnScene, weighsEvidence: Bool) throws -> Float {
            var switches = JudgementSwitches.standard
            switches.weighsEvidence = weighsEvidence
            let scene = try Scene(perceiving: drawn.image(), but: [], with: blind)
            return try AssayJudge(set: bench.set, switches: switches).judge(scene).logicalScore
        }
        let lost = try score(tray, weighsEvidence: true)
        let unweighed = try score(tray, weighsEvidence: false)
        #expect(unweighed > 3 && lost < 0.4 * unweighed, "\(lost) of \(unweighed)")
        // The same place, really empty.
        var empty = tray
        empty.parts.remove(at: 2)
        #expect(try score(empty, weighsEvidence: true) == score(empty, weighsEvidence: false))
    }
}

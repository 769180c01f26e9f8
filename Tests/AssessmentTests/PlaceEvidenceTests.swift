import AssayTestSupport
import Assessment
import Imaging
import Testing
import Verdicts

/// What the picture shows where an object is said to have changed.
@Suite struct PlaceEvidenceTests {
    @Test func whatThePictureDoesNotBearOutCountsLess() {
        #expect(PlaceEvidence.share(peak: nil, level: 0.1) == 1)
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
}

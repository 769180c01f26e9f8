import AssayTestSupport
import Assessment
import Enrolment
import Imaging
import SupportSets
import Testing

/// Bolts of two colours and washers that lie anywhere, and a washer that touches a bolt's head.
struct PartingTests {
    private static let size = PixelSize(width: 192, height: 144)

    private func bolt(x: Double, y: Double) -> [DrawnScene.Part] {
        [
            .init(.bar(width: 14, height: 30), .blue, x: x, y: y),
            .init(.bar(width: 34, height: 14), .red, x: x + 24, y: y),
        ]
    }

    private func washer(x: Double, y: Double) -> DrawnScene.Part {
        // Its border with the head is weaker than the head's with the shank.
        .init(.disc(radius: 13), .magenta, x: x, y: y)
    }

    private func scene(_ parts: [DrawnScene.Part]) throws -> Scene {
        let image = DrawnScene(size: Self.size, parts: parts).image(scale: 2)
        return Scene(image: image, perception: try TouchingModel().perceive(image))
    }

    private func judge() throws -> LogicalJudge {
        let goods = [
            bolt(x: 30, y: 30) + bolt(x: 110, y: 100) + [washer(x: 120, y: 40), washer(x: 40, y: 100)],
            bolt(x: 100, y: 34) + bolt(x: 40, y: 110) + [washer(x: 40, y: 40), washer(x: 140, y: 90)],
            bolt(x: 60, y: 70) + bolt(x: 110, y: 24) + [washer(x: 30, y: 30), washer(x: 150, y: 110)],
            bolt(x: 24, y: 60) + bolt(x: 120, y: 70) + [washer(x: 90, y: 24), washer(x: 90, y: 118)],
        ]
        return LogicalJudge(
            bank: try LogicalFit.bank(of: try goods.map(scene), names: goods.indices.map { "\($0)" }))
    }

    @Test func aWasherThatTouchesABoltIsAWasherAndABolt() throws {
        let judge = try judge()
        #expect(judge.bank.images.map(\.objects.count) == [4, 4, 4, 4])
        let apart = try scene(
            bolt(x: 60, y: 40) + bolt(x: 110, y: 100) + [washer(x: 24, y: 40), washer(x: 40, y: 100)])
        let touching = try scene(
            bolt(x: 60, y: 40) + bolt(x: 110, y: 100) + [washer(x: 41, y: 40), washer(x: 40, y: 100)])
        let scores = (try judge.judge(apart).score, try judge.judge(touching))
        #expect(scores.0 < 0.5)
        #expect(scores.1.score < 0.5, "\(scores.1.differences)")
        #expect(scores.1.differences.allSatisfy { $0.seen != nil && $0.known != nil })
    }

    @Test func aWasherMoreIsOneMoreThoughItTouches() throws {
        let more = try scene(
            bolt(x: 60, y: 40) + bolt(x: 110, y: 100)
                + [washer(x: 41, y: 40), washer(x: 40, y: 100), washer(x: 150, y: 40)])
        let judgement = try judge().judge(more)
        #expect(judgement.score > 1)
        #expect(judgement.differences.count { $0.known == nil } == 1)
    }
}

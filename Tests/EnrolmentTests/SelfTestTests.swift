import AssayTestSupport
import Enrolment
import Imaging
import SupportSets
import Testing

struct SelfTestTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-self-test")
    }

    private func enrol(_ count: UInt64, testsItself: Bool = true) throws -> SupportSet {
        let pictures = try (1...count).map { seed in
            let image = DrawnScene.tray.varied(seed: seed).image()
            return SupportPicture(name: "\(seed).png", bytes: try image.png(), image: image)
        }
        return try Enroller(model: DrawnModel(), segmenterLongSide: 160).enrol(
            pictures, name: "tray", version: "1", into: folder.file("set"), replacing: true, testsItself: testsItself
        ) { _ in }
    }

    @Test func theManifestSaysWhatTheSetNoticesOfItsOwnImages() throws {
        let report = try #require(try enrol(4).manifest.selfTest)
        #expect(report.isByOthers)
        #expect(report.rate(of: .erased) == 1)
        #expect(report.rate(of: .added) == 1)
        let missing = try #require(report.entries.first { $0.alteration == .erased })
        #expect(missing.count.of >= 16 && missing.count.explained == missing.count.of)
        for entry in report.entries {
            #expect(entry.count.noticed <= entry.count.of && entry.count.explained <= entry.count.of)
            #expect(Set(entry.parts.map(\.kind)).count == entry.parts.count)
        }
    }

    @Test func aSingleImageCanOnlyBeJudgedByItself() throws {
        let report = try #require(try enrol(1).manifest.selfTest)
        #expect(!report.isByOthers)
        #expect(report.rate(of: .erased) == 1)
    }

    @Test func aSetThatWasNotTestedSaysNothing() throws {
        #expect(try enrol(2, testsItself: false).manifest.selfTest == nil)
    }

    @Test func whatIsNotNoticedIsSaidWorstFirst() {
        func part(_ kind: Int, of: Int, noticed: Int) -> SelfTestReport.Part {
            var count = SelfTestReport.Count()
            count.of = of
            count.noticed = noticed
            return SelfTestReport.Part(
                kind: kind, label: kind == 0 ? "bolt" : nil, image: "001-a.png",
                box: PixelBox(x: 10, y: 20, width: 4, height: 6), count: count)
        }
        let report = SelfTestReport(
            isByOthers: true, untouched: .init(),
            entries: [
                .init(alteration: .erased, parts: [part(0, of: 4, noticed: 4), part(1, of: 4, noticed: 4)]),
                .init(alteration: .resized, parts: [part(0, of: 4, noticed: 4), part(1, of: 4, noticed: 1)]),
                .init(alteration: .stained, parts: [part(0, of: 4, noticed: 0), part(1, of: 4, noticed: 1)]),
            ])
        #expect(
            report.weaknesses == [
                "part stained: noticed in 1 of 8 pictures, so the set does not see this",
                "part shorter or smaller: noticed in 5 of 8 pictures; not reliably of the part at 12, 23 of 001-a.png",
            ])
    }
}

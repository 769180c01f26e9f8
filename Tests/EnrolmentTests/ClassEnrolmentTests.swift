import Annotations
import AssayTestSupport
import Assessment
import Enrolment
import Foundation
import Imaging
import Inference
import SupportSets
import Testing
import Verdicts

/// Enrolment with some annotated pictures: classes are learnt, the others labelled, verified and gated by them.
struct ClassEnrolmentTests {
    private let folder: TemporaryFolder

    /// The parts of the tray in their order.
    private static let names = ["red disc", "green bar", "blue disc", "yellow bar", "magenta disc", "cyan square"]

    init() throws {
        folder = try TemporaryFolder("assay-classes")
    }

    private func picture(_ scene: DrawnScene, _ name: String) throws -> SupportPicture {
        let image = scene.image()
        return SupportPicture(name: name, bytes: try image.png(), image: image)
    }

    /// Every part in its box.
    private func boxes(_ scene: DrawnScene, _ name: String) -> AnnotatedPicture {
        AnnotatedPicture(
            file: name, size: scene.size,
            objects: zip(scene.parts, Self.names).map { AnnotatedObject(name: $1, shape: .box($0.box)) })
    }

    private func enrol(
        annotated: Int, others: [DrawnScene], unlabelled: [DrawnScene] = [], replacing: Bool = false,
        marking: ((DrawnScene, String) -> AnnotatedPicture)? = nil, found: (FoundObjects) -> Void = { _ in }
    ) throws -> SupportSet {
        let marking = marking ?? boxes
        let scenes = (1...UInt64(annotated)).map { DrawnScene.tray.varied(seed: $0) } + others
        var guidance = EnrolmentGuidance()
        guidance.annotated = scenes.enumerated().map { $0 < annotated ? marking($1, "\($0).png") : nil }
        guidance.unlabelled = try unlabelled.enumerated().map { try picture($1, "more-\($0).png") }
        return try Enroller(model: DrawnModel(), segmenterLongSide: 160).enrol(
            scenes.enumerated().map { try picture($1, "\($0).png") }, name: "tray", version: "1",
            into: folder.file("set"), replacing: replacing, guidance: guidance
        ) { step in
            if case .found(let objects) = step { found(objects) }
        }
    }

    @Test func annotatedObjectsAreTheObjectsWithTheirClasses() throws {
        let set = try enrol(annotated: 3, others: [])
        for image in set.logical.images { #expect(image.objects.map { $0.label?.name } == Self.names) }
        let head = try #require(set.classes)
        #expect(head.names == Self.names.sorted())
        let report = try #require(set.manifest.classes)
        #expect(report.annotatedCount == 3 && report.passes.isEmpty)
        #expect(report.histograms == [[1, 1, 1, 1, 1, 1]])
        #expect(report.accuracy == 1, "\(report.confusion)")
        let reopened = try SupportSet(opening: folder.file("set"))
        #expect(reopened.classes == head && reopened.logical == set.logical)
    }

    @Test func goodPicturesAreLabelledAndThoseThatDoNotAddUpAreLeftOut() throws {
        var short = DrawnScene.tray.varied(seed: 21)
        short.parts.remove(at: 2)
        let others = [DrawnScene.tray.varied(seed: 20), short, DrawnScene.tray.varied(seed: 22)]
        var found: FoundObjects?
        let set = try enrol(
            annotated: 2, others: others, unlabelled: [DrawnScene.tray.varied(seed: 23), short],
            found: { found = $0 })
        let report = try #require(set.manifest.classes)
        #expect(report.passes == [ClassReport.Pass(verified: 3, of: 5), ClassReport.Pass(verified: 3, of: 5)])
        #expect(report.leftOut == ["004-3.png"])
        #expect(set.manifest.k == 4 && set.logical.images.map(\.name).contains("005-4.png"))
        #expect(try #require(found).kept == [0, 1, 2, 4])
        for image in set.logical.images {
            #expect(Set(image.objects.compactMap { $0.label?.name }) == Set(Self.names), "\(image.name)")
        }
    }

    @Test func findingsAreNamedByTheirClasses() throws {
        let set = try enrol(annotated: 4, others: [])
        let assessor = try Assessor(model: DrawnModel(), set: set, method: .assay)
        #expect(try assessor.assess(DrawnScene.tray.varied(seed: 30).image()).decision == .pass)
        var scene = DrawnScene.tray.varied(seed: 31)
        scene.parts.remove(at: 4)
        let assessment = try assessor.assess(scene.image())
        let finding = try #require(assessment.findings.first)
        #expect(assessment.decision == .fail && finding.kind == .missing)
        #expect(finding.label == "magenta disc")
        #expect(finding.sentence.hasPrefix("The magenta disc is missing"), "\(finding.sentence)")
    }

    /// Masks that stand over by so many pixels all around: people draw with a broad brush.
    private func wideMasks(_ scene: DrawnScene, _ name: String) -> AnnotatedPicture {
        AnnotatedPicture(
            file: name, size: scene.size,
            objects: zip(scene.parts, Self.names).map { part, name in
                let (inner, over) = (part.box, 5)
                let box = PixelBox(
                    x: max(0, inner.x - over), y: max(0, inner.y - over), width: inner.width + 2 * over,
                    height: inner.height + 2 * over
                ).clamped(to: scene.size)
                return AnnotatedObject(
                    name: name,
                    shape: .mask(Mask(grid: scene.size, box: box, bits: [UInt8](repeating: 1, count: box.area))))
            })
    }

    @Test func broadMarksStandForTheRegionsThatFitThem() throws {
        let drawn = try enrol(annotated: 4, others: [], marking: wideMasks)
        let boxed = try enrol(annotated: 4, others: [], replacing: true)
        #expect(drawn.logical == boxed.logical)
        let assessor = try Assessor(model: DrawnModel(), set: drawn, method: .assay)
        #expect(try assessor.assess(DrawnScene.tray.varied(seed: 30).image()).decision == .pass)
    }

    @Test func aMarkOnWhatTheSegmenterDoesNotSeeIsToldAndFailsNoGoodPicture() throws {
        var found: FoundObjects?
        let set = try enrol(
            annotated: 4, others: [],
            marking: { scene, name in
                let nowhere = AnnotatedObject(
                    name: "felt pad", shape: .box(PixelBox(x: 2, y: 2, width: 8, height: 8)))
                return AnnotatedPicture(
                    file: name, size: scene.size, objects: boxes(scene, name).objects + [nowhere])
            }, found: { found = $0 })
        let notes = try #require(found).notes
        #expect(notes.map(\.outcome) == [.unseen, .unseen, .unseen, .unseen])
        #expect(notes.first?.sentence.contains("no part where 1 × felt pad is marked") == true, "\(notes)")
        for image in set.logical.images {
            #expect(image.objects.filter { $0.label?.name == "felt pad" }.map(\.weight) == [0])
        }
        let assessor = try Assessor(model: DrawnModel(), set: set, method: .assay)
        for seed in 30...33 as ClosedRange<UInt64> {
            #expect(try assessor.assess(DrawnScene.tray.varied(seed: seed).image()).decision == .pass)
        }
    }

    /// A head from a few pictures may be sure and wrong; where looks are plain it is not asked.
    @Test func aHeadThatIsWrongDoesNotOverruleLooks() throws {
        let set = try enrol(annotated: 4, others: [])
        let head = try #require(set.classes)
        let wrong = ClassHead(
            names: Array(head.names.dropFirst() + head.names.prefix(1)), centre: head.centre, means: head.means,
            deviations: head.deviations, weights: head.weights)
        let image = DrawnScene.tray.varied(seed: 40).image()
        let scene = Scene(image: image, perception: try DrawnModel(longSide: 160).perceive(image))
        func worst(_ classes: ClassHead?) throws -> Float {
            try LogicalJudge(bank: set.logical, classes: classes).judge(scene).differences.map(\.deviation).max() ?? 0
        }
        let plain = try worst(nil)
        #expect(plain < 1)
        #expect(try worst(head) == plain)
        #expect(try worst(wrong) == plain)
    }

    @Test func aPictureIsAnnotatedOrCorrectedNotBoth() throws {
        let scene = DrawnScene.tray.varied(seed: 1)
        var guidance = EnrolmentGuidance()
        guidance.annotated = [boxes(scene, "0.png"), nil]
        guidance.corrections.pictures = [
            ObjectCorrections.Picture(name: "0.png", corrections: [ObjectCorrections.Correction(.drop(1))])
        ]
        let pictures = [try picture(scene, "0.png"), try picture(DrawnScene.tray.varied(seed: 2), "1.png")]
        do throws(EnrolmentError) {
            _ = try Enroller(model: DrawnModel(), segmenterLongSide: 160).find(in: pictures, guidance: guidance) { _ in
            }
            Issue.record("a picture was settled twice")
        } catch {
            #expect(error.description.contains("001-0.png is annotated and corrected"))
        }
    }
}

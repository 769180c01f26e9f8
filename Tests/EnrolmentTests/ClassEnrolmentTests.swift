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
        annotated: Int, others: [DrawnScene], unlabelled: [DrawnScene] = [], found: (FoundObjects) -> Void = { _ in }
    ) throws -> SupportSet {
        let scenes = (1...UInt64(annotated)).map { DrawnScene.tray.varied(seed: $0) } + others
        var guidance = EnrolmentGuidance()
        guidance.annotated = scenes.enumerated().map { $0 < annotated ? boxes($1, "\($0).png") : nil }
        guidance.unlabelled = try unlabelled.enumerated().map { try picture($1, "more-\($0).png") }
        return try Enroller(model: DrawnModel(), segmenterLongSide: 160).enrol(
            scenes.enumerated().map { try picture($1, "\($0).png") }, name: "tray", version: "1",
            into: folder.file("set"), replacing: false, guidance: guidance
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
            annotated: 2, others: others, unlabelled: [DrawnScene.tray.varied(seed: 23), short]
        ) { found = $0 }
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

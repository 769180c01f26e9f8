import AssayTestSupport
import Composition
import Foundation
import SupportSets
import Testing

/// `labels.json` and `classes.bank` of a set: read back, and refused where no enrolment wrote them.
struct ObjectLabelsTests {
    private static func sample() -> SampleSet {
        var sample = SampleSet()
        for image in sample.logical.images.indices {
            for object in sample.logical.images[image].objects.indices {
                sample.logical.images[image].objects[object].label = ObjectLabel(
                    id: object == 0 ? "1+2" : "\(object + 2)", name: object == 0 ? "long bolt" : nil)
            }
        }
        let width = SampleSet.channelCount + ClassHead.measureCount + 1
        sample.classes = ClassHead(
            names: ["long bolt", "nut"], centre: [Float](repeating: 0.5, count: SampleSet.channelCount),
            means: [Float](repeating: 1, count: ClassHead.measureCount),
            deviations: [Float](repeating: 2, count: ClassHead.measureCount),
            weights: (0..<(3 * width)).map { Float($0) / 100 })
        return sample
    }

    @Test func namesAndClassesAreReadBack() throws {
        let sample = Self.sample()
        let folder = try SetFolder(sample)
        let set = try SupportSet(opening: folder.path)
        #expect(set.logical == sample.logical && set.classes == sample.classes)
        #expect(set.manifest.files["labels.json"] != nil && set.manifest.files["classes.bank"] != nil)
    }

    @Test func aSetWithoutNamesHasNoFileOfThem() throws {
        let folder = try SetFolder()
        let set = try SupportSet(opening: folder.path)
        #expect(set.manifest.files["labels.json"] == nil && set.classes == nil)
    }

    @Test(arguments: [
        ("long bolt", "\\u001b[2Jbolt", "cannot be printed"), ("long bolt", "", "is empty"),
        ("long bolt", String(repeating: "b", count: 65), "more than 64 bytes"),
        ("001-good.png", "001-evil.png", "none of"),
        ("assay.labels/1", "assay.labels/9", "assay.labels/9"), ("\"images\"", "\"pictures\"", "cannot be understood"),
    ])
    func forgedNamesAreRefused(old: String, new: String, told: String) throws {
        let folder = try SetFolder(Self.sample())
        let text = String(decoding: try folder.bytes(of: "labels.json"), as: UTF8.self)
        #expect(text.contains(old))
        try folder.forge("labels.json", with: Array(text.replacing(old, with: new).utf8))
        let refusal = try #require(folder.refusal())
        #expect(refusal.description.contains(told) && refusal.description.contains("labels.json"), "\(refusal)")
    }

    @Test func namesOfMoreObjectsThanThereAreAreRefused() throws {
        let folder = try SetFolder(Self.sample())
        let text = String(decoding: try folder.bytes(of: "labels.json"), as: UTF8.self)
        let more = text.replacing("\"001-good.png\" : [", with: "\"001-good.png\" : [{\"id\": \"77\"},")
        #expect(more != text)
        try folder.forge("labels.json", with: Array(more.utf8))
        #expect(try #require(folder.refusal()).description.contains("another number of objects"))
    }

    @Test func classesCutShortOrChangedAreRefusedOrStaySound() throws {
        let folder = try SetFolder(Self.sample())
        let content = try folder.bytes(of: "classes.bank")
        for length in stride(from: 0, to: content.count, by: 7) {
            try folder.forge("classes.bank", with: Array(content.prefix(length)))
            #expect(folder.refusal() != nil, "\(length) of \(content.count) bytes")
            try folder.forge("classes.bank", with: content)
        }
        for place in stride(from: 0, to: content.count, by: 11) {
            var changed = content
            changed[place] ^= 0xFF
            try folder.forge("classes.bank", with: changed)
            if folder.refusal() == nil {
                let head = try #require(try SupportSet(opening: folder.path).classes)
                #expect(head.weights.allSatisfy(\.isFinite) && head.deviations.allSatisfy { $0 > 0 })
            }
            try folder.forge("classes.bank", with: content)
        }
    }

    @Test func namesThatDoNotFitALineAreRefused() {
        #expect(ObjectLabel.problem(with: "long bolt M4×20") == nil)
        for name in ["", " bolt", "bolt ", "a\nb", "a\u{1b}[2J", "a\u{202E}b", String(repeating: "é", count: 33)] {
            #expect(ObjectLabel.problem(with: name) != nil, "\(name.debugDescription)")
        }
    }
}

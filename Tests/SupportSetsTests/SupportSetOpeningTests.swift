import AssayTestSupport
import Foundation
import Glibc
import SupportSets
import Testing

struct SupportSetOpeningTests {
    @Test func aWrittenSetOpensWithAllThatWasWritten() throws {
        let sample = SampleSet()
        let folder = try SetFolder(sample)
        let set = try SupportSet(opening: folder.path)
        #expect(set.logical == sample.logical)
        #expect(set.structural.imageCount == 2 && set.structural.channelCount == SampleSet.channelCount)
        #expect(set.identity.name == "tray" && set.identity.version == "1")
        #expect(set.identity.digest == (try SupportSetFolder.digest(of: folder.file("manifest.json"))))
        var manifest = sample.manifest
        manifest.files = set.manifest.files
        #expect(set.manifest == manifest)
        #expect(
            set.manifest.files.keys.sorted() == [
                "images/001-good.png", "images/002-good.png", "logical.bank", "structural.bank",
            ])
    }

    @Test func aChangedByteInAnyFileIsRefusedByItsName() throws {
        let folder = try SetFolder()
        for name in ["images/001-good.png", "images/002-good.png", "logical.bank", "structural.bank"] {
            let content = try folder.bytes(of: name)
            for place in Set([0, 1, content.count / 3, content.count / 2, content.count - 1]) {
                var damaged = content
                damaged[place] ^= 1
                try folder.replace(name, with: damaged)
                #expect(folder.refusal() == .digestDiffers(path: folder.file(name)))
            }
            try folder.replace(name, with: content)
        }
        #expect(folder.refusal() == nil)
    }

    @Test func aHalfCopiedSetIsRefused() throws {
        for name in ["images/001-good.png", "images/002-good.png", "logical.bank", "structural.bank", "manifest.json"] {
            let folder = try SetFolder()
            let content = try folder.bytes(of: name)
            try folder.replace(name, with: Array(content.prefix(content.count / 2)))
            #expect(folder.refusal() != nil, "half of \(name)")
            try folder.replace(name, with: [])
            #expect(folder.refusal() != nil, "nothing of \(name)")
            try FileManager.default.removeItem(atPath: folder.file(name))
            guard case .unreadable(let path, _) = folder.refusal() else {
                Issue.record("without \(name): \(folder.refusal()?.description ?? "taken")")
                continue
            }
            #expect(path == folder.file(name))
        }
    }

    @Test func aSetThatIsNotThereIsRefusedWithItsPath() {
        #expect {
            try SupportSet(opening: "/nowhere/set")
        } throws: { error in
            "\(error)".contains("/nowhere/set") && "\(error)".contains("check that")
        }
    }

    @Test func aForeignFileIsRefused() throws {
        for name in ["notes.txt", ".hidden", "images/003-evil.png", "counterexamples"] {
            let folder = try SetFolder()
            try folder.replace(name, with: [1, 2, 3])
            #expect(folder.refusal() == .foreignFile(path: folder.file(name)))
        }
    }

    @Test func aSignatureMayLieBesideTheManifest() throws {
        let folder = try SetFolder()
        try folder.replace("signature", with: [1, 2, 3])
        #expect(folder.refusal() == nil)
    }

    @Test func aFolderDeeperThanOneLevelIsRefused() throws {
        let folder = try SetFolder()
        try FileManager.default.createDirectory(
            atPath: folder.file("images/deep"), withIntermediateDirectories: false)
        #expect(folder.refusal() == .foreignFile(path: folder.file("images/deep")))
    }

    @Test(arguments: [
        "../outside", "/etc/hostname", "images/../../outside", "./logical.bank", "images//001-good.png", "images/",
        "", "a/b/c", "images/..", "bad\\u0000name", "bad\\nname",
    ])
    func aPathThatLeavesTheSetIsRefused(path: String) throws {
        let folder = try SetFolder()
        let entry = "\"\(path)\" : \"\(String(repeating: "0", count: 64))\",\n    \"logical.bank\""
        try folder.editManifest { $0.replacing("\"logical.bank\"", with: entry) }
        guard case .damaged(let place, let problem) = folder.refusal() else {
            Issue.record("\(path): \(folder.refusal()?.description ?? "taken")")
            return
        }
        #expect(place == folder.file("manifest.json") && problem.contains("unsafe path"))
    }

    @Test func linksAreNotFollowed() throws {
        for name in ["logical.bank", "structural.bank", "images/001-good.png", "manifest.json"] {
            let folder = try SetFolder()
            let outside = try TemporaryFolder("assay-outside")
            let target = try outside.write(try folder.bytes(of: name), to: "target")
            try FileManager.default.removeItem(atPath: folder.file(name))
            try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: target)
            #expect(folder.refusal() != nil, "\(name) is a link")
        }
        let folder = try SetFolder()
        let outside = try TemporaryFolder("assay-outside")
        try FileManager.default.moveItem(atPath: folder.file("images"), toPath: outside.file("images"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("images"), withDestinationPath: outside.file("images"))
        #expect(folder.refusal() == .foreignFile(path: folder.file("images")))
    }

    @Test(.timeLimit(.minutes(1)))
    func aPipeInPlaceOfAFileIsRefusedAndNotWaitedFor() throws {
        for name in ["logical.bank", "structural.bank", "images/001-good.png", "manifest.json"] {
            let folder = try SetFolder()
            try FileManager.default.removeItem(atPath: folder.file(name))
            try #require(unsafe mkfifo(folder.file(name), 0o600) == 0)
            #expect(folder.refusal() == .unreadable(path: folder.file(name), reason: "not a regular file"))
        }
    }

    @Test func aFolderInPlaceOfAFileIsRefused() throws {
        for name in ["logical.bank", "structural.bank", "images/001-good.png", "manifest.json"] {
            let folder = try SetFolder()
            try FileManager.default.removeItem(atPath: folder.file(name))
            try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: false)
            #expect(folder.refusal() == .unreadable(path: folder.file(name), reason: "not a regular file"))
        }
    }

    @Test func everyTruncationOfTheManifestIsRefused() throws {
        let folder = try SetFolder()
        let content = try folder.bytes(of: "manifest.json")
        // The last byte closes the object.
        for length in 0..<content.count {
            try folder.replace("manifest.json", with: Array(content.prefix(length)))
            guard case .damaged(let path, _) = folder.refusal() else {
                Issue.record("\(length) of \(content.count) bytes were taken")
                continue
            }
            #expect(path == folder.file("manifest.json"))
        }
    }

    @Test func flippedBytesOfTheManifestNeverCrash() throws {
        let folder = try SetFolder()
        let content = try folder.bytes(of: "manifest.json")
        let whole = try SupportSet(opening: folder.path).identity.digest
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<1500 {
            var damaged = content
            damaged[Int.random(in: damaged.indices, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            try folder.replace("manifest.json", with: damaged)
            // A changed word in a promise may still be read, but never as the same set.
            do throws(SupportSetError) {
                #expect(try SupportSet(opening: folder.path).identity.digest != whole)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    /// Each with a word of the refusal.
    @Test(arguments: [
        ("\"schema\" : \"assay.support-set/1\"", "\"schema\" : \"assay.support-set/2\"", "assay.support-set/2"),
        ("\"k\" : 2", "\"k\" : 3", "another number of images"),
        ("\"k\" : 2", "\"k\" : 0", "k is 0"),
        ("\"k\" : 2", "\"k\" : -1", "k is -1"),
        ("\"k\" : 2", "\"k\" : 2000000000", "not 1 to 1024"),
        ("\"k\" : 2", "\"k\" : 1e300", "cannot be understood"),
        ("\"k\" : 2", "\"k\" : \"2\"", "k: wrong type"),
        ("\"k\" : 2", "\"kk\" : 2", "the key \"k\" is missing"),
        ("\"image_width\" : 64", "\"image_width\" : 0", "image size"),
        ("\"image_width\" : 64", "\"image_width\" : 100000", "image size"),
        ("\"segmenter_long_side\" : 64", "\"segmenter_long_side\" : 1", "image size"),
        ("\"reach\" : 3", "\"reach\" : -3", "out of range"),
        ("\"reach\" : 3", "\"reach\" : 9223372036854775807", "out of range"),
        ("\"name\" : \"tray\"", "\"name\" : \"\"", "name"),
        ("\"version\" : \"1\"", "\"version\" : \"\"", "version"),
        ("\"threshold\" : 1.1", "\"threshold\" : 0.2", "calibration of assay"),
        ("\"threshold\" : 1.1", "\"threshold\" : 1e39", "cannot be understood"),
        ("\"threshold\" : 1.1", "\"threshold\" : NaN", "cannot be understood"),
        ("\"logical_level\" : 0.5", "\"logical_level\" : 0", "calibration"),
        ("\"structural_level\" : 0.1", "\"structural_level\" : -0.1", "calibration"),
        ("\"sample_size\" : 2", "\"sample_size\" : -2", "calibration"),
    ])
    func aManifestWithAValueNoEnrolmentWritesIsRefused(value: String, other: String, reason: String) throws {
        let folder = try SetFolder()
        // JSON writes floats with as many digits as they need.
        try folder.editManifest { text in
            let edited = text.replacing(value, with: other)
            if edited != text { return edited }
            let name = value.split(separator: " ")[0]
            let line = text.split(separator: "\n").first { $0.contains(name) } ?? ""
            let end = line.hasSuffix(",") ? "," : ""
            return text.replacing(line, with: other + end)
        }
        let refusal = try #require(folder.refusal())
        #expect(refusal.description.contains(reason), "\(refusal)")
        #expect(refusal.description.contains(folder.path))
        #expect(refusal.description.contains("copy the set again") || refusal.description.contains("enrol"))
    }

    @Test func aManifestThatListsNoBankIsRefused() throws {
        for name in ["logical.bank", "structural.bank"] {
            let folder = try SetFolder()
            try folder.editManifest { $0.replacing("\"\(name)\"", with: "\"other.bank\"") }
            #expect(folder.refusal()?.description.contains("does not list \(name)") == true)
        }
    }

    @Test func aManifestNestedWithoutEndIsRefused() throws {
        let folder = try SetFolder()
        try folder.replace("manifest.json", with: Array(repeating: UInt8(ascii: "["), count: 1 << 20))
        #expect(folder.refusal() != nil)
        try folder.replace("manifest.json", with: Array(repeating: UInt8(ascii: " "), count: 5 << 20))
        guard case .damaged(_, let problem) = folder.refusal() else {
            Issue.record("a manifest of 5 MiB was read")
            return
        }
        #expect(problem.contains("above the bound"))
    }

    @Test func forgedBanksWithTheirDigestsAreStillChecked() throws {
        var folder = try SetFolder()
        var logical = SampleSet().logical
        logical.images[0].meanFeature[0] = .nan
        try folder.forge("logical.bank", with: logical.fileContent)
        #expect(
            folder.refusal() == .damaged(path: folder.file("logical.bank"), problem: "a number in it is not finite"))

        folder = try SetFolder()
        var structural = try folder.bytes(of: "structural.bank")
        structural.replaceSubrange(100..<104, with: [0, 0, 0xC0, 0x7F])
        try folder.forge("structural.bank", with: structural)
        guard case .damaged(let path, _) = folder.refusal() else {
            Issue.record("a NaN was taken")
            return
        }
        #expect(path == folder.file("structural.bank"))
    }

    @Test func banksThatDoNotBelongTogetherAreRefused() throws {
        var folder = try SetFolder()
        var logical = SampleSet().logical
        logical.images.removeLast()
        for index in logical.images[0].objects.indices { logical.images[0].objects[index].partners = [index] }
        try folder.forge("logical.bank", with: logical.fileContent)
        #expect(folder.refusal()?.description.contains("another number of images") == true)

        folder = try SetFolder()
        let other = LogicalBank(
            images: SampleSet().logical.images.map { image in
                SupportImage(name: image.name, meanFeature: [1, 2], objects: [], clutter: [])
            }, centre: [0, 0], commonScales: SampleSet().logical.commonScales)
        try folder.forge("logical.bank", with: other.fileContent)
        #expect(folder.refusal()?.description.contains("different channel counts") == true)
    }
}

import AssayTestSupport
import Foundation
import SupportSets
import Testing

struct SetRevisionTests {
    private let folder: SetFolder
    private let work: TemporaryFolder

    init() throws {
        folder = try SetFolder()
        work = try TemporaryFolder("assay-revision")
    }

    @Test func aCounterexampleMakesAnotherSetOfTheSameBanks() throws {
        let before = try SupportSet(opening: folder.path)
        let identity = try SetRevision(of: folder.path)
            .adding(counterexamples: [(name: "/line 3/escape ü.png", bytes: [1, 2])], to: work.file("new"))
        let after = try SupportSet(opening: work.file("new"))
        #expect(after.identity == identity && identity.digest != before.identity.digest)
        #expect(after.logical == before.logical && after.manifest.k == before.manifest.k)
        #expect(after.manifest.counterexamples == ["counterexamples/001-escape__.png"])
        #expect(try SupportSet(opening: folder.path).identity == before.identity, "the source was changed")
        try SetArchive.pack(work.file("new"), to: work.file("new.assayset"))
        #expect(try SetArchive(opening: work.file("new.assayset")).manifest.counterexamples.count == 1)
    }

    @Test func theSamePictureIsKeptOnceAndNumbersGoOn() throws {
        let revision = SetRevision(of: folder.path)
        _ = try revision.adding(
            counterexamples: [(name: "a.png", bytes: [1]), (name: "b.png", bytes: [1])], to: folder.path)
        let second = try revision.adding(
            counterexamples: [(name: "c.png", bytes: [1]), (name: "d.png", bytes: [2])], version: "2", to: folder.path)
        let set = try SupportSet(opening: folder.path)
        #expect(set.identity == second && set.identity.version == "2")
        #expect(set.manifest.counterexamples == ["counterexamples/001-a.png", "counterexamples/002-d.png"])
    }

    @Test func aRevisionIsNotSigned() throws {
        let key = PrivateKey()
        try SetSignature.sign(folder.path, by: key)
        #expect(try SetHead(of: folder.path).signature == .valid(key.publicKey))
        _ = try SetRevision(of: folder.path).adding(counterexamples: [(name: "a.png", bytes: [1])], to: folder.path)
        #expect(try SetHead(of: folder.path).signature == .none)
        #expect(throws: SupportSetError.self) {
            try SupportSet(opening: folder.path, trusting: TrustedKeys([key.publicKey]))
        }
    }

    @Test func aDamagedSetIsNotRevised() throws {
        try folder.replace("structural.bank", with: [1])
        #expect(throws: SupportSetError.digestDiffers(path: folder.file("structural.bank"))) {
            try SetRevision(of: folder.path).adding(
                counterexamples: [(name: "a.png", bytes: [1])], to: work.file("new"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: work.path).isEmpty)
    }

    @Test func moreCounterexamplesThanTheBoundAreRefused() throws {
        let pictures = (0..<1025).map { (name: "p.png", bytes: [UInt8($0 & 255), UInt8($0 >> 8)]) }
        #expect(throws: SupportSetError.self) {
            try SetRevision(of: folder.path).adding(counterexamples: pictures, to: work.file("new"))
        }
    }

    @Test func aSignatureOfAnotherManifestIsToldInTheHead() throws {
        try SetSignature.sign(folder.path, by: PrivateKey())
        try folder.editManifest { $0.replacing("No promise.", with: "No promises.") }
        #expect(try SetHead(of: folder.path).signature == .invalid)
    }

    @Test func anImageThatTheManifestDoesNotListIsRefused() throws {
        var sample = SampleSet()
        sample.logical.images[0].name = "../../../etc/hostname"
        let hostile = try SetFolder(sample)
        guard case .damaged(_, let problem) = hostile.refusal() else {
            Issue.record("\(hostile.refusal()?.description ?? "taken")")
            return
        }
        #expect(problem.contains("does not list"))
    }
}

import AssayTestSupport
import Foundation
import Imaging
import Testing

/// `assayctl set` without a station, with the real networks where a set is judged.
struct SetCommandTests {
    private let bench: Workbench
    private let folder: TemporaryFolder

    /// A copy of the bench's set, so that each test may change its own.
    private let set: String

    init() throws {
        bench = try Workbench.shared.get()
        folder = try TemporaryFolder("assay-set-command")
        set = folder.file("tray")
        try FileManager.default.copyItem(atPath: bench.set, toPath: set)
    }

    private func run(_ arguments: String...) throws -> CommandRun { try CommandRun("assayctl", ["set"] + arguments) }

    @Test func aSetTravelsThroughAFileBitByBit() throws {
        let packed = try run("pack", set)
        #expect(packed.status == 0, "\(packed.errors)")
        let unpacked = try run("unpack", set + ".assayset", "--output", folder.file("copy"))
        #expect(unpacked.status == 0, "\(unpacked.errors)")
        #expect(packed.lines.last == unpacked.lines.last, "the digests differ")
        #expect(FileManager.default.contentsEqual(atPath: set, andPath: folder.file("copy")))
        #expect(try run("pack", set).status == 3, "an archive was overwritten")
        #expect(try run("unpack", set + ".assayset").status == 3, "a folder was overwritten")
        #expect(try run("unpack", folder.write("nothing", to: "n.assayset")).status == 3)
    }

    @Test func aSignedSetIsTakenByThoseWhoTrustTheKey() throws {
        let key = try run("key", folder.file("plant.key"))
        #expect(key.status == 0 && key.output.hasPrefix("ed25519:"), "\(key.errors)")
        #expect(try run("key", folder.file("plant.key")).status == 3, "a key was overwritten")
        let other = try run("key", folder.file("other.key"))
        let unsigned = try run("verify", set, "--trust", folder.file("plant.key.pub"))
        #expect(unsigned.status == 3 && unsigned.errors.contains("it is not signed"), "\(unsigned.errors)")
        #expect(try run("sign", set, "--key", folder.file("plant.key")).status == 0)
        #expect(try run("pack", set).status == 0)
        for path in [set, set + ".assayset"] {
            let verified = try run("verify", path, "--trust", folder.file("plant.key.pub"))
            #expect(verified.status == 0, "\(verified.output) \(verified.errors)")
            #expect(verified.output.contains(", trusted"))
            let refused = try run("verify", path, "--trust", String(other.output.dropLast()))
            #expect(refused.status == 3 && refused.errors.contains("not among the trusted keys"), "\(refused.errors)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file("plant.key"))
        let open = try run("sign", set, "--key", folder.file("plant.key"))
        #expect(open.status == 3 && open.errors.contains("chmod 600"), "\(open.errors)")
    }

    @Test func aFileIsSignedLikeAFolder() throws {
        let key = try key()
        #expect(try run("pack", set).status == 0)
        let signed = try run("sign", set + ".assayset", "--key", key)
        #expect(signed.status == 0 && signed.output.hasPrefix("tray@3 signed by ed25519:"), "\(signed.errors)")
        #expect(try run("verify", set + ".assayset", "--trust", key + ".pub").status == 0)
        #expect(try run("verify", set, "--trust", key + ".pub").status == 3, "the folder was signed, too")
        // Signed as a folder and packed it is the same file.
        #expect(try run("sign", set, "--key", key).status == 0)
        #expect(try run("pack", set, "--output", folder.file("other.assayset")).status == 0)
        #expect(FileManager.default.contentsEqual(atPath: set + ".assayset", andPath: folder.file("other.assayset")))
        try folder.write("nothing", to: "n.assayset")
        #expect(try run("sign", folder.file("n.assayset"), "--key", key).status == 3)
        #expect(try String(contentsOfFile: folder.file("n.assayset"), encoding: .utf8) == "nothing")
    }

    @Test func whatElseTwoSetsDifferInIsTold() throws {
        let other = folder.file("other")
        try FileManager.default.copyItem(atPath: set, toPath: other)
        let path = URL(filePath: other + "/manifest.json")
        let read = try JSONSerialization.jsonObject(with: Data(contentsOf: path))
        var manifest = try #require(read as? [String: Any])
        manifest["ignored"] = [["x": 10, "y": 20, "width": 30, "height": 40]]
        manifest["classes"] = [
            "names": ["screw"], "annotated": 2, "histograms": [], "passes": [], "confusion": [],
            "left_out": [],
        ]
        var calibration = try #require(manifest["calibration"] as? [String: Any])
        calibration["structural_level"] = 0.5
        manifest["calibration"] = calibration
        try JSONSerialization.data(withJSONObject: manifest).write(to: path)
        let run = try run("diff", set, other, "--pictures", folder.file("look"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("not judged        only in B: 30 x 40 at 10, 20"), "\(run.output)")
        #expect(run.output.contains("class             only in B: screw"), "\(run.output)")
        #expect(run.output.contains("structural level") && run.output.contains("-> 0.5"), "\(run.output)")
        #expect(!run.output.contains("tolerance"), "\(run.output)")
        // The place stands out where it is not judged, on the right.
        let picture = try Image(contentsOf: folder.file("look/001.png"))
        let half = picture.width / 2
        let differs = (20..<60).contains { y in
            (10..<40).contains { x in
                let (left, right) = (y * picture.width + x, y * picture.width + x + half + 4)
                return (0..<3).contains {
                    abs(Int(picture.pixels[3 * left + $0]) - Int(picture.pixels[3 * right + $0])) > 60
                }
            }
        }
        #expect(differs)
    }

    @Test func aSetWithACounterexampleThatItPassesIsRefused() throws {
        let verified = try run("verify", set)
        #expect(verified.status == 0, "\(verified.output) \(verified.errors)")
        #expect(verified.output.contains("4 of 4 do not fail") && verified.output.contains("0 of 0 fail"))

        let told = try run("counterexample", set, bench.file("fail.png"), "--output", folder.file("told"))
        #expect(told.status == 0, "\(told.errors)")
        let proven = try run("verify", folder.file("told"))
        #expect(proven.status == 0 && proven.output.contains("1 of 1 fail"), "\(proven.output) \(proven.errors)")

        #expect(try run("sign", set, "--key", try key()).status == 0)
        let blind = try run("counterexample", set, bench.file("pass.png"), "--set-version", "4")
        #expect(blind.status == 0 && blind.output.contains("tray@4"), "\(blind.errors)")
        #expect(blind.output.contains("sign it anew"), "\(blind.output)")
        let refused = try run("verify", set)
        #expect(refused.status == 1, "\(refused.output) \(refused.errors)")
        #expect(refused.errors.contains("counterexamples/001-pass.png must fail and gives pass"), "\(refused.errors)")
    }

    @Test func counterexamplesBesideASetAreAskedToo() throws {
        #expect(try run("verify", set, "--counterexamples", bench.file("fail.png")).status == 0)
        #expect(try run("verify", set, "--counterexamples", bench.file("pass.png")).status == 1)
    }

    @Test func aDamagedSetIsNeitherShownNorPackedNorSigned() throws {
        let image = set + "/images/001-1.png"
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: image))
        let key = try key()
        for arguments in [["show", set], ["pack", set], ["sign", set, "--key", key], ["verify", set]] {
            let run = try CommandRun("assayctl", ["set"] + arguments)
            #expect(run.status == 3 && run.errors.contains(image), "\(arguments) \(run.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: set + ".assayset"))
    }

    @Test func setsAreListedAndShown() throws {
        #expect(try run("pack", set).status == 0)
        let listed = try run("list", folder.path)
        #expect(listed.status == 0 && listed.lines.count == 2, "\(listed.output) \(listed.errors)")
        #expect(listed.lines.allSatisfy { $0.hasPrefix("tray@3  ") && $0.contains("4 pictures") })
        struct Facts: Decodable {
            let name: String
            let version: String
            let digest: String
            let signature: String
        }
        let json = try run("list", folder.path, "--json").lines
        let facts = try json.map { try JSONDecoder().decode(Facts.self, from: Data($0.utf8)) }
        #expect(facts.count == 2 && facts[0].digest == facts[1].digest && facts[0].signature == "unsigned")
        let shown = try run("show", set + ".assayset", "--json")
        struct Shown: Decodable {
            let facts: Facts
            let objects: [Int]
        }
        let page = try JSONDecoder().decode(Shown.self, from: Data(shown.output.utf8))
        #expect(page.facts.digest == facts[0].digest && page.objects.count == 4)
        let text = try run("show", set, "--pictures", folder.file("look"))
        #expect(text.status == 0 && text.output.contains(facts[0].digest), "\(text.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("look")).count == 4)
        try folder.write("nothing", to: "broken.assayset")
        let broken = try run("list", folder.path)
        #expect(broken.status == 3 && broken.lines.count == 2 && broken.errors.contains("broken.assayset"))
    }

    @Test func aPartThatOnlyOneSetKnowsIsFoundAndDrawn() throws {
        try FileManager.default.createDirectory(atPath: folder.file("fewer"), withIntermediateDirectories: false)
        for seed in 1...4 {
            var scene = Workbench.scene(seed: UInt64(seed))
            scene.parts.remove(at: 4)
            try folder.write(scene.image(scale: 2).png(), to: "fewer/\(seed).png")
        }
        let enrolled = try CommandRun(
            "assayctl",
            ["enroll", folder.file("fewer"), "--name", "tray", "--output", folder.file("b"), "--skip-self-test"])
        try #require(enrolled.status == 0, "\(enrolled.errors)")
        let run = try run("diff", set, folder.file("b"), "--pictures", folder.file("look"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("object            only in A: object"), "\(run.output)")
        #expect(run.output.contains("threshold"), "\(run.output)")
        #expect(run.output.contains("only in B: images/001-1.png"), "\(run.output)")
        let drawn = try FileManager.default.contentsOfDirectory(atPath: folder.file("look"))
        #expect(drawn.count >= 4)
        let picture = try Image(contentsOf: folder.file("look/001.png"))
        let single = try Image(contentsOf: bench.file("pass.png"))
        #expect(picture.width == 2 * single.width + 8)

        let same = try self.run("diff", set, set)
        #expect(same.status == 0 && same.output.contains("the same set"), "\(same.output)")
        let back = try self.run("diff", folder.file("b"), set)
        #expect(back.output.contains("only in B: object") && !back.output.contains("only in A: object"))
    }

    private func key() throws -> String {
        let path = folder.file("some.key")
        if !FileManager.default.fileExists(atPath: path) { #expect(try run("key", path).status == 0) }
        return path
    }
}

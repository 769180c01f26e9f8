import AssayTestSupport
import Foundation
import Station
import SupportSets
import Testing

/// `assayctl config check` and `assayctl doctor` on sets that the settings do not name by their folder.
@Suite(.serialized) struct SetChecksTests {
    private let folder: TemporaryFolder
    private let digest: String

    init() throws {
        folder = try TemporaryFolder("assay-checks")
        try DrawnSets.put("2", into: folder.file("library/squares-2"))
        try FileManager.default.createDirectory(atPath: folder.file("packed"), withIntermediateDirectories: false)
        try SetArchive.pack(folder.file("library/squares-2"), to: folder.file("packed/squares-2.assayset"))
        digest = try SetArchive(opening: folder.file("packed/squares-2.assayset")).identity.digest
    }

    private func run(_ verb: [String], set: String, sources: String) throws -> CommandRun {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let yaml = StationYAML(
            extra: "support_sets: {sources: [\(sources)], connect_timeout_s: 2}",
            lines: ["tray": "camera: {replay: \"\(pattern)\", rate: 20}, support_set: \"\(set)\""])
        let path = try folder.write(yaml.text, to: "assay.yaml")
        return try CommandRun("assayctl", verb + ["--config", path, "--state-dir", folder.file("state")])
    }

    /// What doctor says of the line's set.
    private func doctor(_ set: String, _ sources: String) throws -> String {
        let run = try run(["doctor", "--runtime-dir", folder.file("run")], set: set, sources: sources)
        return run.lines.first { $0.contains("support set ") } ?? run.output + run.errors
    }

    @Test func aSetIsResolvedByNameAndByDigestToTheFolderOrFileItIsIn() throws {
        let (library, packed) = (folder.file("library"), folder.file("packed"))
        for (set, source, place) in [
            ("squares@2", library, library + "/squares-2"), (digest, library, library + "/squares-2"),
            ("squares@2", packed, packed + "/squares-2.assayset"), (digest, packed, packed + "/squares-2.assayset"),
            (packed + "/squares-2.assayset", library, packed + "/squares-2.assayset"),
        ] {
            let check = try run(["config", "check"], set: set, sources: source)
            #expect(check.status == 0 && check.output.contains("squares@2 in \(place)"), "\(check.errors)")
            let told = try doctor(set, source)
            #expect(told.hasPrefix("ok ") && told.contains("squares@2 in \(place), 4 image(s)"), "\(told)")
        }
    }

    @Test func aSetThatIsNowhereIsAWarningOfTheCheckAndAnErrorOfTheDoctor() throws {
        let check = try run(["config", "check"], set: "squares@9", sources: folder.file("library"))
        #expect(check.status == 0 && check.errors.contains("warning: lines.tray.support_set: squares@9: not found"))
        let told = try doctor("squares@9", folder.file("library"))
        #expect(told.hasPrefix("error ") && told.contains("squares@9: not found"), "\(told)")
        try folder.write("not a bank", to: "library/squares-2/logical.bank")
        let damaged = try doctor("squares@2", folder.file("library"))
        #expect(damaged.hasPrefix("error ") && damaged.contains("logical.bank"), "\(damaged)")
    }

    /// Such a set still works, but not as well as it could.
    @Test func aSetWithoutLimitsForItsPlacesShouldBeEnrolledAnew() throws {
        let path = URL(filePath: folder.file("library/squares-2/manifest.json"))
        var manifest = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any])
        #expect(manifest.removeValue(forKey: "surface") != nil)
        try JSONSerialization.data(withJSONObject: manifest).write(to: path)
        let told = try doctor("squares@2", folder.file("library"))
        #expect(told.hasPrefix("warning ") && told.contains("earlier release"), "\(told)")
        #expect(told.contains("enrol it anew from the same images"), "\(told)")
    }

    @Test func aServerIsAskedByTheDoctorAloneAndNothingIsFetched() throws {
        let file = [UInt8](try Data(contentsOf: URL(filePath: folder.file("packed/squares-2.assayset"))))
        let server = try SetServer(.serves(file))
        let set = "squares@2#\(digest)"
        let check = try run(["config", "check"], set: set, sources: "\"\(server.address)/sets\"")
        let address = "\(server.address)/sets/squares@2.assayset"
        #expect(check.status == 0 && check.output.contains("to be fetched from \(address)"), "\(check.output)")
        #expect(server.paths.isEmpty)
        let told = try doctor(set, "\"\(server.address)/sets\"")
        #expect(told.hasPrefix("ok ") && told.contains("\(address) answers"), "\(told)")
        #expect(server.requests.count == 1 && server.requests.allSatisfy { $0.hasPrefix("HEAD ") })
        let refuser = try SetServer(.refuses)
        let refusing = try doctor(set, "\"\(refuser.address)\"")
        #expect(!refuser.paths.isEmpty)
        #expect(refusing.hasPrefix("error ") && refusing.contains("answered 404"), "\(refusing)")
        let away = try doctor(set, "\"http://127.0.0.1:\(LoopbackPort.free())\"")
        #expect(away.hasPrefix("error ") && away.contains("cannot be fetched"), "\(away)")
    }
}

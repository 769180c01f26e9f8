import AssayTestSupport
import Foundation
import Imaging
import Publishing
import Station
import SupportSets
import Testing

/// Where sets come from, and which of them are refused.
@Suite(.serialized) struct SetSourceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try DrawnSets.put("1", into: folder.file("set"))
        try DrawnSets.put("2", into: folder.file("made"))
    }

    private func start(_ sets: String, set: String? = nil) throws -> RunningStation {
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let running = try RunningStation(
            StationYAML(
                extra: "support_sets: {\(sets)}",
                lines: [
                    "tray":
                        "camera: {replay: \"\(pattern)\", rate: 50, wait: true}, support_set: \"\(set ?? folder.file("set"))\""
                ]), in: folder)
        if set == nil { #expect(running.waitsFor("tray") { $0.counts.judged > 2 }) }
        return running
    }

    /// The set `made` as one file; gives back its digest.
    private func pack(as name: String) throws -> String {
        let path = folder.file(name)
        try FileManager.default.createDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try SetArchive.pack(folder.file("made"), to: path, replacing: true)
        return try SetArchive(opening: path).identity.digest
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try #require(FileManager.default.contents(atPath: folder.file(name))))
    }

    /// Rewrites the manifest of the set `made`.
    private func alter(_ change: (inout [String: Any]) throws -> Void) throws {
        let path = folder.file("made/manifest.json")
        let read = try JSONSerialization.jsonObject(with: #require(FileManager.default.contents(atPath: path)))
        var manifest = try #require(read as? [String: Any])
        try change(&manifest)
        try JSONSerialization.data(withJSONObject: manifest).write(to: URL(filePath: path))
    }

    @Test func aFileIsFoundByNameAndByDigestAndByItsPath() async throws {
        let digest = try pack(as: "library/any-name.assayset")
        for set in ["squares@2", digest, folder.file("library/any-name.assayset"), "squares@2#\(digest)"] {
            let running = try start("sources: [\(folder.file("library"))]")
            #expect(try running.give(.prepareSet, set: set).version == "2", "\(set)")
            #expect(try running.give(.activateSet, set: "squares@2").ok)
            #expect(try running.line("tray")?.set?.digest == digest)
            #expect(await running.station.stop())
            try FileManager.default.removeItem(atPath: folder.file("state"))
        }
    }

    @Test func settingsNameASetByNameAndVersion() async throws {
        _ = try pack(as: "library/squares-2.assayset")
        let running = try start("sources: [\(folder.file("library"))]", set: "squares@2")
        #expect(running.waitsFor("tray") { $0.set?.version == "2" && $0.counts.judged > 2 })
        // What is in force under a name stays while its source is away.
        try FileManager.default.removeItem(atPath: folder.file("library"))
        let outcome = try JSONDecoder().decode(ReloadOutcome.self, from: Data(try running.ask(.reload)))
        #expect(outcome.ok && outcome.changed.isEmpty)
        #expect(await running.station.stop())
    }

    @Test func aSetIsFetchedFromAServerByCommandAndBySettings() async throws {
        let digest = try pack(as: "served.assayset")
        let server = try SetServer(.serves(bytes("served.assayset")))
        var running = try start("sources: [\"\(server.address)/sets\"]")
        #expect(try running.give(.prepareSet, set: "squares@2").reason?.contains("digest") == true)
        #expect(server.paths.isEmpty)
        #expect(try running.give(.prepareSet, set: "squares@2#\(digest)").version == "2")
        #expect(server.paths == ["/sets/squares@2.assayset"])
        #expect(
            try Hook.waits(atMost: .seconds(5)) {
                try FileManager.default.contentsOfDirectory(atPath: folder.file("state/fetched")).isEmpty
            })
        #expect(await running.station.stop())
        try FileManager.default.removeItem(atPath: folder.file("state"))
        running = try start("sources: []", set: "\(server.address)/x.assayset#\(digest)")
        #expect(running.waitsFor("tray") { $0.set?.version == "2" && $0.counts.judged > 2 })
        #expect(await running.station.stop())
    }

    @Test func aMaliciousServerBringsNothingIn() async throws {
        let digest = try pack(as: "served.assayset")
        let good = try bytes("served.assayset")
        let other = String(repeating: "0", count: 64)
        let cases: [(SetServer.Behaviour, String, String)] = [
            (.endless, digest, "more than"), (.breaksOff(good), digest, "cannot be fetched"), (.refuses, digest, "404"),
            (.redirects("file:///etc/passwd"), digest, "sends on"), (.drips, digest, "too slowly"),
            (.serves(good), other, "is not the set"), (.serves(Array(good.dropLast(9000))), digest, "assayset"),
            (.serves(Array("<html>".utf8)), digest, "assayset"),
        ]
        let running = try start("max_megabytes: 64, stall_timeout_s: 1, connect_timeout_s: 2")
        for (behaviour, digest, words) in cases {
            let server = try SetServer(behaviour)
            let address = "\(server.address)/x.assayset"
            let answer = try running.give(.prepareSet, set: "\(address)#\(digest)", lines: ["tray"])
            #expect(!answer.ok && answer.reason?.contains(words) == true, "\(words): \(answer.reason ?? "")")
            #expect(
                try Hook.waits(atMost: .seconds(5)) {
                    try FileManager.default.contentsOfDirectory(atPath: folder.file("state/fetched")).isEmpty
                })
        }
        let line = try #require(try running.line("tray"))
        #expect(line.set?.version == "1" && line.prepared == nil && line.counts.noVerdict == 0)
        #expect(await running.station.stop())
    }

    @Test func whileASlowServerIsWaitedForARollbackIsImmediate() async throws {
        let server = try SetServer(.drips)
        let running = try start("sources: [\(folder.path)], stall_timeout_s: 5")
        try running.give(.prepareSet, set: "squares@2")
        try running.give(.activateSet)
        async let slow = running.give(.prepareSet, set: "\(server.address)/x#\(String(repeating: "0", count: 64))")
        #expect(Hook.waits(atMost: .seconds(10)) { !server.paths.isEmpty })
        let start = ContinuousClock.now
        #expect(try running.give(.rollBackSet).version == "1")
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(try await !slow.ok)
        #expect(await running.station.stop())
    }

    @Test func withTrustedKeysOnlyWhatTheySignedIsTaken() async throws {
        let (ours, theirs) = (PrivateKey(), PrivateKey())
        try SetSignature.sign(folder.file("set"), by: ours)
        let running = try start("sources: [\(folder.path)], trust: [\"\(ours.publicKey)\"]")
        func reason() throws -> String? { try running.give(.prepareSet, set: "squares@2", lines: ["tray"]).reason }
        #expect(try reason()?.contains("not signed") == true)
        try SetSignature.sign(folder.file("made"), by: theirs)
        #expect(try reason()?.contains("not among the trusted keys") == true)
        try SetSignature.sign(folder.file("made"), by: ours)
        try alter { $0["version"] = "2b" }
        #expect(try running.give(.prepareSet, set: "squares@2b", lines: ["tray"]).reason?.contains("manifest") == true)
        try alter { $0["version"] = "2" }
        try SetSignature.sign(folder.file("made"), by: ours)
        #expect(try running.give(.prepareSet, set: "squares@2").version == "2")
        #expect(await running.station.stop())
    }

    @Test func aSetOfAnotherModelOrThatContradictsItselfIsRefused() async throws {
        let running = try start("sources: [\(folder.path)]")
        func reason() throws -> String? { try running.give(.prepareSet, set: "squares@2", lines: ["tray"]).reason }
        try alter { manifest in
            var model = try #require(manifest["model"] as? [String: Any])
            model["digest"] = String(repeating: "0", count: 64)
            manifest["model"] = model
        }
        #expect(try reason()?.contains("enrolled with model") == true)
        try DrawnSets.put("2", into: folder.file("made"))
        try alter { manifest in
            var calibration = try #require(manifest["calibration"] as? [String: Any])
            var methods = try #require(calibration["methods"] as? [String: [String: Any]])
            for key in ["threshold", "guard_low", "guard_high"] { methods["assay"]?[key] = 0.000_001 }
            calibration["methods"] = methods
            manifest["calibration"] = calibration
        }
        #expect(try reason()?.contains("contradicts itself") == true)
        #expect(try running.line("tray")?.lastRefusal?.contains("contradicts itself") == true)
        #expect(await running.station.stop())
    }

    @Test func aSetThatPassesACounterExampleIsRefused() async throws {
        let running = try start("sources: [\(folder.path)]")
        let good = try DrawnScene.picture(variant: 2).png()
        let bad = try DrawnScene.picture(variant: 2, without: 1).png()
        _ = try SetRevision(of: folder.file("made")).adding(
            counterexamples: [(name: "missing.png", bytes: bad)], version: "kept", to: folder.file("kept"))
        _ = try SetRevision(of: folder.file("made")).adding(
            counterexamples: [(name: "good.png", bytes: good)], version: "lost", to: folder.file("lost"))
        #expect(try running.give(.prepareSet, set: "squares@kept").version == "kept")
        let answer = try running.give(.prepareSet, set: "squares@lost", lines: ["tray"])
        #expect(answer.reason?.contains("counter-example") == true)
        #expect(try running.line("tray")?.prepared == "squares@kept")
        #expect(await running.station.stop())
    }
}

import AssayTestSupport
import Foundation
import Imaging
import Station
import SupportSets
import Testing

/// What a set found of itself that it cannot judge reaches those who rely on it.
@Suite(.serialized) struct SetWeaknessTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-weakness")
        try DrawnSets.put("1", into: folder.file("set"))
    }

    /// Gives the set a self-test that noticed 3 of 16 missing parts.
    private func test(_ set: String) throws {
        let path = URL(filePath: set + "/manifest.json")
        var manifest = try JSONDecoder().decode(SupportSetManifest.self, from: Data(contentsOf: path))
        var count = SelfTestReport.Count()
        (count.of, count.noticed) = (16, 3)
        let part = SelfTestReport.Part(
            kind: 0, label: nil, image: "good0.png", box: PixelBox(x: 40, y: 40, width: 60, height: 60), count: count)
        manifest.selfTest = SelfTestReport(
            isByOthers: true, untouched: SelfTestReport.Count(),
            entries: [SelfTestReport.Entry(alteration: .erased, parts: [part])])
        try JSONEncoder().encode(manifest).write(to: path)
    }

    @Test func itStandsOnTheTopicAndInTheStatusAndNullMeansThatItWasNotTried() throws {
        let broker = try MosquittoBroker()
        let listener = try Listener(port: broker.port)
        try test(folder.file("set"))
        try DrawnSets.put("2", into: folder.file("library/squares-2"))
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: folder)
        let station = OutsideStation(in: folder)
        try station.start(
            StationYAML(
                broker: "{host: 127.0.0.1, port: \(broker.port)}",
                extra: "support_sets: {sources: [\(folder.file("library"))]}",
                lines: ["tray": "camera: {replay: \"\(pattern)\", rate: 20}, support_set: \(folder.file("set"))"]))
        func told() throws -> [String: Any]? {
            try listener.objects("tray/support-set").last?["active"] as? [String: Any]
        }
        let weakness = "noticed in 3 of 16 pictures, so the set does not see this"
        #expect(
            try Hook.waits(atMost: .seconds(10)) {
                (try told()?["cannot_judge"] as? [String])?.first?.hasSuffix(weakness) == true
            })
        let status = try station.ask("status")
        #expect(status.output.contains("tray: what its set cannot judge:"), "\(status.output)")
        #expect(status.output.contains(weakness))
        #expect(try station.ask("set", "prepare", "squares@2").status == 0)
        #expect(try station.ask("set", "activate").status == 0)
        #expect(try Hook.waits(atMost: .seconds(10)) { try told()?["cannot_judge"] is NSNull })
        #expect(try !station.ask("status").output.contains("cannot judge"))
        #expect(station.stop() == 0, "\(station.log)")
        #expect(try SchemaValidator.problems(in: listener.payloads) == [])
    }
}

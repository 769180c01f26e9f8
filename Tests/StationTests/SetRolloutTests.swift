import AssayTestSupport
import Foundation
import Publishing
import Station
import SupportSets
import Testing

/// One message to a group of real daemons over a real broker.
@Suite(.serialized) struct SetRolloutTests {
    @Test func oneMessageRollsThreeStationsOverAndTheOneThatDoesNotTrustTheSetSaysWhy() throws {
        let shared = try TemporaryFolder("assay-rollout")
        let broker = try MosquittoBroker()
        let (ours, theirs) = (PrivateKey(), PrivateKey())
        try DrawnSets.put("1", into: shared.file("set"))
        try DrawnSets.put("2", into: shared.file("library/squares-2"))
        try SetSignature.sign(shared.file("library/squares-2"), by: ours)
        let pattern = try DrawnScene.write([DrawnScene.picture(variant: 0)], to: "frame", in: shared)
        let names = ["press-1", "press-2", "press-3"]
        var stations: [OutsideStation] = []
        for name in names {
            let key = name == "press-3" ? theirs : ours
            let folder = try TemporaryFolder("assay-\(name)")
            try FileManager.default.copyItem(atPath: shared.file("set"), toPath: folder.file("set"))
            try SetSignature.sign(folder.file("set"), by: key)
            var yaml = StationYAML(
                workers: 1,
                broker: """
                    {host: 127.0.0.1, port: \(broker.port), commands: true, group: plant/all, \
                    allow: [support-set/prepare, support-set/activate]}
                    """,
                extra: "support_sets: {sources: [\(shared.file("library"))], trust: [\"\(key.publicKey)\"]}",
                lines: ["tray": "camera: {replay: \"\(pattern)\", rate: 5}, support_set: \(folder.file("set"))"])
            yaml.name = name
            let station = OutsideStation(in: folder)
            try station.start(yaml)
            stations.append(station)
        }
        let plant = try Plant(port: broker.port, filters: ["assay/v1/+/command/#", "assay/v1/+/tray/support-set"])
        #expect(Hook.waits(atMost: .seconds(10)) { plant.isListening })
        #expect(Hook.waits(atMost: .seconds(20)) { stations.allSatisfy { $0.report()?.broker.connected == true } })

        func answers(_ command: String) throws -> [String: SetAnswer] {
            var answers: [String: SetAnswer] = [:]
            for name in names {
                let topic = "assay/v1/\(name)/command/support-set/\(command)/result"
                answers[name] = try plant.heard.last { $0.topic == topic }.map {
                    try JSONDecoder().decode(SetAnswer.self, from: Data($0.payload))
                }
            }
            return answers
        }
        func give(_ command: String) throws -> [String: SetAnswer] {
            plant.send("support-set/\(command)", Array(#"{"set":"squares@2"}"#.utf8), below: "plant/all")
            #expect(try Hook.waits(atMost: .seconds(60)) { try answers(command).count == 3 })
            return try answers(command)
        }
        let prepared = try give("prepare")
        #expect(prepared["press-1"]?.version == "2" && prepared["press-2"]?.version == "2")
        let refusal = prepared["press-3"]?.reason ?? ""
        #expect(prepared["press-3"]?.ok == false && refusal.contains("not among the trusted keys"), "\(refusal)")
        let activated = try give("activate")
        #expect(activated["press-1"]?.version == "2" && activated["press-2"]?.version == "2")
        #expect(activated["press-3"]?.error?.code == "nothing_to_do")
        #expect(stations.map { $0.line("tray")?.set?.version } == ["2", "2", "1"])

        // The retained topics say the same to whoever comes later.
        func state(of name: String) throws -> [String: Any]? {
            try plant.heard.last { $0.topic == "assay/v1/\(name)/tray/support-set" }.flatMap {
                try JSONSerialization.jsonObject(with: Data($0.payload)) as? [String: Any]
            }
        }
        func version(_ name: String) throws -> String? {
            (try state(of: name)?["active"] as? [String: Any])?["version"] as? String
        }
        #expect(
            try Hook.waits(atMost: .seconds(10)) {
                try names.map { try version($0) } == ["2", "2", "1"]
            })
        let told = (try state(of: "press-3")?["last_refusal"] as? [String: Any])?["reason"] as? String
        #expect(told == refusal)
        plant.stop()
        for station in stations { #expect(station.stop() == 0, "\(station.log)") }
        let said = plant.heard.filter { !$0.topic.contains("/command/") || $0.topic.hasSuffix("/result") }
        #expect(try SchemaValidator.problems(in: said.map(\.payload).filter { !$0.isEmpty }) == [])
    }
}

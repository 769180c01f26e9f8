import AssayTestSupport
import Foundation
import Glibc
import Publishing
import Station
import Testing

/// The real daemon with a line that never judges but says so of every frame at once, and a real broker behind a wire
/// that can be cut.
struct OutboxStage {
    let folder: TemporaryFolder
    let broker: MosquittoBroker
    let relay: LoopbackRelay

    init() throws {
        folder = try TemporaryFolder("assay-outbox")
        broker = try MosquittoBroker()
        relay = try LoopbackRelay(to: broker.port)
    }

    /// - Parameters:
    ///   - state: the folder of the outbox; another one than usual.
    ///   - mqtt: further settings of the broker, from a comma on.
    func start(
        state: String? = nil, mqtt: String = "", environment: [String: String] = [:]
    ) throws -> ChildProcess {
        let pictures = (0..<4).map { DrawnScene.picture(variant: $0) }
        let pattern = try DrawnScene.write(pictures, to: "frame", in: folder)
        let yaml = StationYAML(
            broker: "{host: 127.0.0.1, port: \(relay.port), interval_s: 1\(mqtt)}", extra: "health: {interval_s: 1}",
            lines: ["tray": "camera: {replay: \"\(pattern)\", rate: 200, loop: true, wait: true}"])
        try folder.write(yaml.text, to: "assay.yaml")
        return try ChildProcess(
            DaemonProgram.path("assayd"),
            [
                "--config", folder.file("assay.yaml"), "--state-dir", state ?? folder.file("state"), "--runtime-dir",
                folder.file("run"),
            ], output: folder.file("log"), environment: environment)
    }

    /// The end of what the daemon wrote.
    var log: String {
        let text = FileManager.default.contents(atPath: folder.file("log")).map { String(decoding: $0, as: UTF8.self) }
        return String((text ?? "").suffix(4000))
    }

    func report() -> StatusReport? {
        do {
            let answer = try ControlConnection(to: folder.file("run/control.sock")).ask(
                ControlRequest(.status), within: .seconds(10))
            return try JSONDecoder().decode(StatusReport.self, from: Data(answer))
        } catch {
            return nil
        }
    }

    func sequenced(_ listener: Listener) throws -> DistrustfulSubscriber {
        var subscriber = DistrustfulSubscriber()
        for message in listener.messages where message.topic.hasSuffix("/verdict") || message.topic.hasSuffix("/event")
        {
            try subscriber.hear(message.topic, message.payload)
        }
        return subscriber
    }
}

extension Listener {
    /// The codes of the events, oldest first.
    func codes() throws -> [String] { try objects("event").compactMap { $0["code"] as? String } }
    func verdictCount() throws -> Int { try objects("tray/verdict").count }
}

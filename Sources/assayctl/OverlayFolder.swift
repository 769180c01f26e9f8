internal import Foundation
internal import Publishing

/// The folder that `assayctl watch` writes overlay pictures to: `LINE-TIME.jpg`, in the order of their coming.
struct OverlayFolder {
    /// A station sends pictures of some hundred kilobytes; anything beyond this is not one of them.
    private static let mostBytes = 32 << 20

    private let path: String
    private let topics: Topics

    init(path: String, topics: Topics) throws {
        self.path = path
        self.topics = topics
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.badInput("\(path): cannot be made; check the path and its permissions")
        }
    }

    func takes(_ message: MQTTMessage) -> Bool { topics.kind(of: message.topic) == .overlay }

    func keep(_ message: MQTTMessage) throws {
        guard message.payload.count <= Self.mostBytes, message.payload.starts(with: [0xFF, 0xD8]) else {
            StandardError.write("assayctl: what came as an overlay is no JPEG picture of sensible size")
            return
        }
        let levels = message.topic.split(separator: "/")
        let line = levels.dropLast().last.map(String.init) ?? "line"
        let time = Timestamp.now().text.filter { $0.isNumber }
        let file = "\(path)/\(line)-\(time).jpg"
        do {
            try Data(message.payload).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw CommandFailure.badInput("\(file): cannot be written; check the folder and the free space")
        }
    }
}

internal import Foundation

/// A subscriber that believes the contract of sequenced messages and checks it: no number is missing unannounced and
/// none has two contents.
package struct DistrustfulSubscriber {
    /// What was heard, by topic and number.
    package private(set) var contents: [String: [UInt64: [UInt8]]] = [:]
    package private(set) var problems: [String] = []

    /// Messages that said that others were given up before them.
    package private(set) var announcementCount = 0

    /// Messages that came again.
    package private(set) var repeatCount = 0
    package private(set) var historicalCount = 0
    private var highest: [String: UInt64] = [:]

    /// What such messages have in common.
    package struct Head: Decodable {
        package let id: String
        package let seq: UInt64
        package let historical: Bool
        package let droppedBefore: UInt64?

        private enum CodingKeys: String, CodingKey {
            case id, seq, historical
            case droppedBefore = "dropped_before"
        }
    }

    package init() {}

    package static func head(of payload: [UInt8]) throws -> Head {
        try JSONDecoder().decode(Head.self, from: Data(payload))
    }

    package mutating func hear(_ topic: String, _ payload: [UInt8]) throws {
        let head = try Self.head(of: payload)
        if let before = contents[topic]?[head.seq] {
            repeatCount += 1
            if before != payload {
                let texts = [before, payload].map { String(decoding: $0, as: UTF8.self) }
                problems.append("\(topic) \(head.seq) has two contents: \(texts.joined(separator: " and "))")
            }
            return
        }
        let last = highest[topic] ?? 0
        let dropped = head.droppedBefore ?? 0
        if head.seq != last + 1 + dropped { problems.append("\(topic) \(head.seq) after \(last) announces \(dropped)") }
        if dropped > 0 { announcementCount += 1 }
        if head.historical { historicalCount += 1 }
        contents[topic, default: [:]][head.seq] = payload
        highest[topic] = max(last, head.seq)
    }
}

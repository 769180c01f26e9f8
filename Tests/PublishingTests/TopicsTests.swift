import Publishing
import Testing

struct TopicsTests {
    @Test func topicsLieBelowTheStationsPrefix() throws {
        let topics = try Topics(station: "press-4")
        let line = try LineName("tray")
        #expect(topics.status == "assay/v1/press-4/status")
        #expect(topics.event == "assay/v1/press-4/event")
        #expect(topics.health == "assay/v1/press-4/health")
        #expect(topics.verdict(line) == "assay/v1/press-4/tray/verdict")
        #expect(topics.overlay(line) == "assay/v1/press-4/tray/overlay")
        #expect(topics.supportSet(line) == "assay/v1/press-4/tray/support-set")
        #expect(topics.camera(line) == "assay/v1/press-4/tray/camera")
    }

    @Test func anAnswerGoesWhereItIsAskedForButNeverIntoTheStationsOwnTopics() throws {
        let topics = try Topics(station: "press-4")
        let usual = "assay/v1/press-4/command/inspect/result"
        #expect(topics.answer(to: .inspect, responseTopic: nil) == usual)
        #expect(topics.answer(to: .inspect, responseTopic: "plc/7/answers") == "plc/7/answers")
        for topic in [
            "", "a/+", "#", "$SYS/x", "assay/v1/press-4/status", "assay/v1/press-4", "assay/v1/press-4/tray/verdict",
            "a\u{0}", String(repeating: "x", count: 1025),
        ] {
            #expect(topics.answer(to: .inspect, responseTopic: topic) == usual, "\(topic)")
        }
    }

    @Test func aPrefixOfThePlantsOwnIsUsedWhole() throws {
        #expect(try Topics(prefix: "acme/leeds/hall 2").status == "acme/leeds/hall 2/status")
    }

    @Test(arguments: [
        "", "a//b", "/a", "a/", "a/+/b", "a/#", "$SYS/a", "a\u{0}b", "a\nb", String(repeating: "x", count: 513),
    ])
    func aPrefixThatNoTopicMayHaveIsRefused(prefix: String) {
        #expect(throws: PublishingError.self) { try Topics(prefix: prefix) }
    }

    @Test(arguments: ["", "a/b", "+", "#", "-a", "a b", "é", String(repeating: "x", count: 65)])
    func aStationThatNoTopicMayHaveIsRefused(station: String) {
        #expect(throws: PublishingError.self) { try Topics(station: station) }
    }

    @Test(arguments: ["status", "event", "health", "command"])
    func reservedWordsAreNoLines(word: String) {
        #expect(throws: PublishingError.self) { try LineName(word) }
    }

    @Test(arguments: ["", "A", "_a", "-a", "a/b", "a+", "a b", "ä", String(repeating: "x", count: 65)])
    func aNameOutsideTheRuleIsNoLine(name: String) {
        #expect(throws: PublishingError.self) { try LineName(name) }
    }

    @Test(arguments: ["a", "0", "tray_1-b", String(repeating: "x", count: 64)])
    func aNameWithinTheRuleIsALine(name: String) throws {
        #expect(try LineName(name).description == name)
    }

    @Test func theKindOfATopicIsToldFromItsLevels() throws {
        let topics = try Topics(station: "s")
        #expect(topics.kind(of: "assay/v1/s/status") == .status)
        #expect(topics.kind(of: "assay/v1/s/tray/verdict") == .verdict)
        #expect(topics.kind(of: "assay/v1/s/tray/support-set") == .supportSet)
        #expect(topics.kind(of: "assay/v1/s/verdict") == nil)
        #expect(topics.kind(of: "assay/v1/s2/status") == nil)
        #expect(topics.kind(of: "assay/v1/s/a/b/verdict") == nil)
    }
}

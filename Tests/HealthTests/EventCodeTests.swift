internal import Health
internal import Testing

/// The list of events is the same in the code and in the journal's message catalogue.
@Suite struct EventCodeTests {
    private struct Entry: Equatable {
        let code: String
        let messageID: String
        let subject: String
    }

    @Test func theCatalogueHasTheSameEventsInTheSameOrder() throws {
        let events = EventCode.allCases.map { Entry(code: $0.rawValue, messageID: $0.messageID, subject: $0.message) }
        #expect(try catalogue() == events)
    }

    @Test func messageIDsAre128BitsAndDiffer() {
        let ids = EventCode.allCases.map(\.messageID)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.count == 32 && $0.allSatisfy { "0123456789abcdef".contains($0) } })
    }

    @Test func codesAreSmallLettersAndUnderscores() {
        #expect(EventCode.allCases.allSatisfy { $0.rawValue.allSatisfy { ("a"..."z").contains($0) || $0 == "_" } })
    }

    private func catalogue() throws -> [Entry] {
        var entries: [Entry] = []
        var code = ""
        var messageID = ""
        for line in try Repository.lines(of: "Systemd/assay.catalog") {
            if line.hasPrefix("# ") { code = String(line.dropFirst(2)) }
            if line.hasPrefix("-- ") { messageID = String(line.dropFirst(3)) }
            if line.hasPrefix("Subject: ") {
                entries.append(Entry(code: code, messageID: messageID, subject: String(line.dropFirst(9))))
            }
        }
        return entries
    }
}

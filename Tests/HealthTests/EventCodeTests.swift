internal import Health
internal import Testing
@Test func codesDiffer() { #expect(Set(EventCode.allCases.map(\.messageID)).count == EventCode.allCases.count) }

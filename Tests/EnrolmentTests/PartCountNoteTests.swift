import Enrolment
import Testing

@Suite struct PartCountNoteTests {
    @Test func nothingIsSaidOfPicturesThatAgree() {
        #expect(PartCountNote.text(of: []) == nil)
        #expect(PartCountNote.text(of: [("a", 3)]) == nil)
        #expect(PartCountNote.text(of: [("a", 3), ("b", 3)]) == nil)
    }

    @Test func oddPicturesAreNamed() throws {
        let text = try #require(PartCountNote.text(of: [("a.png", 2), ("b.png", 1), ("c.png", 2), ("d.png", 2)]))
        #expect(text.contains("Most pictures show 2 parts, but not b.png (1)."))
        let many = (0..<9).map { (name: "\($0)", count: 4) } + (0..<5).map { (name: "odd\($0)", count: 5 + $0) }
        #expect(try #require(PartCountNote.text(of: many)).contains("odd0 (5), odd1 (6), odd2 (7) and 2 more"))
    }

    @Test func withoutAUsualNumberTheRangeIsTold() {
        let text = PartCountNote.text(of: [("a", 18), ("b", 23), ("c", 20)])
        #expect(text == "The pictures show 18 to 23 parts: a frame with as few or as many may pass.")
        #expect(PartCountNote.text(of: [("a", 1), ("b", 2)])?.contains("1 to 2 parts") == true)
    }
}

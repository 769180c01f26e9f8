import Foundation
import Publishing
import Testing

@Suite struct JSONTextTests {
    private func kept(_ text: String) throws -> String {
        String(decoding: try JSONText(parsing: Array(text.utf8)).bytes, as: UTF8.self)
    }

    @Test(arguments: [
        #"{"a":1}"#, "[]", "{}", "0", "-0.50e+10", "12345678901234567890.10", #""\u00e4\n\"\\/""#, "true", "null",
        #"{"b":[1,{"a":null}],"a":"x"}"#, #"["\ud83d\ude00","\ud83d"]"#, #"{"ä":"😀"}"#,
    ])
    func whatIsJSONIsKeptByteByByte(_ text: String) throws {
        #expect(try kept(text) == text)
    }

    @Test func onlySpaceBetweenThePartsIsLeftOut() throws {
        #expect(try kept(" {\n\"a b\" :\t[ 1 , \" x \" ]\r\n} ") == #"{"a b":[1," x "]}"#)
    }

    @Test(arguments: [
        "", " ", "{", "[1", "\"", "tru", "truex", "01", "1.", ".5", "-", "1e", "+1", "{\"a\"}", "{\"a\":}", "{a:1}",
        "[1,]", "{\"a\":1,}", "[1] 2", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "NaN", "{\"a\":1 \"b\":2}",
        "'a'", "\u{FEFF}{}", "[1}", "nul", "/* */ 1", "\"\u{1}\"",
    ])
    func whatIsNotJSONIsRefused(_ text: String) {
        #expect(throws: JSONFault.self) { try kept(text) }
    }

    @Test func aMemberTwiceIsRefusedAlsoWhenWrittenInTwoWays() {
        #expect(throws: JSONFault.repeated(member: "a")) { try kept(#"{"x":{"a":1,"\u0061":2}}"#) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: JSONFault.notUTF8) { try JSONText(parsing: [0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONFault.notUTF8) { try JSONText(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func aBombOfBracketsEndsAtTheDepthLimit() {
        let bomb = String(repeating: "[", count: 1_000_000)
        #expect(throws: JSONFault.tooDeep(limit: 16)) { try kept(bomb) }
        #expect(throws: JSONFault.tooDeep(limit: 16)) { try kept(String(repeating: #"{"a":"#, count: 100_000)) }
        #expect(throws: Never.self) { try kept(String(repeating: "[", count: 16) + String(repeating: "]", count: 16)) }
        #expect(throws: JSONFault.tooDeep(limit: 16)) {
            try kept(String(repeating: "[", count: 17) + String(repeating: "]", count: 17))
        }
    }

    private func accepted(_ bytes: [UInt8]) -> JSONText? {
        do throws(JSONFault) {
            return try JSONText(parsing: bytes)
        } catch {
            return nil
        }
    }

    private func foundation(_ bytes: [UInt8]) -> NSObject? {
        do {
            return try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? NSObject
        } catch {
            return nil
        }
    }

    /// Random damage to real messages: never a trap, and whatever is accepted is what Foundation reads as well.
    @Test func whateverIsAcceptedFoundationReadsTheSame() throws {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        let sample = Array(#"{"a":[1,-2.5e3,true,null],"b":{"c":"x\ny\u0041","d":""},"e":12}"#.utf8)
        var acceptedCount = 0
        for _ in 0..<5000 {
            var bytes = sample
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(sample[Int.random(in: 0..<sample.count, using: &generator)], at: place)
                }
            }
            guard let text = accepted(bytes) else { continue }
            acceptedCount += 1
            let ours = foundation(text.bytes)
            #expect(ours != nil && ours == foundation(bytes), "seed \(seed)")
        }
        #expect(acceptedCount > 500)
    }

    @Test func membersTextsAndNumbersAreRead() throws {
        let document = try JSONText(parsing: Array(#"{"t":"\u00e4\ud83d\ude00\t","n":42,"f":1.5,"o":{}}"#.utf8))
        let members = try #require(try document.members())
        #expect(members.map(\.name) == ["t", "n", "f", "o"])
        #expect(try members[0].value.text() == "ä😀\t")
        #expect(members[1].value.integer == 42 && members[2].value.integer == nil)
        #expect(try members[1].value.text() == nil)
        #expect(members.map(\.value.kind) == [.text, .number, .number, .object])
    }
}

import Foundation
import Publishing
import Testing

struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func membersComeInTheOrderOfTheCalls() {
        let text = written { writer in
            writer.object { writer in
                writer.member("b", 1)
                writer.member("a", [1, 2]) { $0.value($1) }
                writer.member("c") { $0.member("d", true) }
                writer.member("e", [Int]()) { $0.value($1) }
                writer.nullable("f", nil as String?)
                writer.optional("g", nil as String?)
                writer.member("h", "x")
            }
        }
        #expect(text == #"{"b":1,"a":[1,2],"c":{"d":true},"e":[],"f":null,"h":"x"}"#)
    }

    @Test(arguments: [
        (0, "0"), (-0.0, "0"), (1, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (0.000_000_4, "0"), (-0.000_000_4, "0"),
        (0.000_000_6, "0.000001"), (3.100_000_1, "3.1"), (123_456.789, "123456.789"), (999_999.999_999_9, "1000000"),
        (0.050_000_1, "0.05"),
    ])
    func numbersAreRoundedToTheirPlaces(number: Double, text: String) {
        #expect(written { $0.value(number) } == text)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func aNumberThatIsNotFiniteIsNull(number: Double) {
        #expect(written { $0.value(number) } == "null")
    }

    @Test(arguments: [1e300, -1e300, 1e15, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 9_007_199_254.740_99])
    func everyFiniteNumberIsReadBackByFoundation(number: Double) throws {
        let text = written { writer in writer.array([number]) { $0.value($1) } }
        let read = try JSONDecoder().decode([Double].self, from: Data(text.utf8))
        #expect(abs(read[0] - number) <= max(1e-6, abs(number) * 1e-12))
    }

    @Test(arguments: [Int.min, -1, 0, 9, 10, 1_000_000, Int.max])
    func integersAreExact(integer: Int) {
        #expect(written { $0.value(integer) } == "\(integer)")
    }

    @Test func everyCharacterSurvives() throws {
        var text = "\"\\/é€😀\u{7F}\u{2028}"
        for scalar in UInt8(0)..<32 { text.unicodeScalars.append(Unicode.Scalar(scalar)) }
        let json = written { writer in writer.array([text]) { $0.value($1) } }
        #expect(json.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [text])
    }

    @Test func anyJSONIsReadAndWrittenAgain() throws {
        let json = #"{"a":[1,2.5,true,null,"x",{"b":[]}],"c":{"d":false},"e":-3}"#
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
        #expect(written { value.write(to: &$0) } == json)
    }
}

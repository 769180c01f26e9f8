import Publishing
import Testing

struct UUIDv7Tests {
    /// The example of RFC 9562, appendix A.6.
    @Test func theExampleOfTheRFCComesOut() {
        let time = Timestamp(seconds: 1_645_557_742, nanoseconds: 0)
        let identifier = UUIDv7(time: time, random: (0x0CC3, 0x18C4_DC0C_0C07_398F))
        #expect(identifier.text == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test func randomBitsCannotTouchVersionAndVariant() {
        let time = Timestamp(seconds: 1_645_557_742, nanoseconds: 0)
        #expect(UUIDv7(time: time, random: (.max, .max)).text == "017f22e2-79b0-7fff-bfff-ffffffffffff")
        #expect(UUIDv7(time: time, random: (0, 0)).text == "017f22e2-79b0-7000-8000-000000000000")
    }

    @Test func textsSortByTime() {
        let earlier = UUIDv7(time: Timestamp(seconds: 1_700_000_000, nanoseconds: 1_000_000), random: (.max, .max))
        let later = UUIDv7(time: Timestamp(seconds: 1_700_000_000, nanoseconds: 2_000_000), random: (0, 0))
        #expect(earlier.text < later.text)
    }

    @Test func twoOfOneMomentDiffer() {
        let time = Timestamp.now()
        #expect(UUIDv7(time: time) != UUIDv7(time: time))
    }
}

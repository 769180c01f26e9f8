import Capture
import Testing

struct ControlNameTests {
    /// As `v4l2-ctl --list-ctrls` has them.
    @Test(arguments: [
        ("Exposure Time, Absolute", "exposure_time_absolute"), ("White Balance, Automatic", "white_balance_automatic"),
        ("Power Line Frequency", "power_line_frequency"), ("Gain", "gain"), ("  LED1 Mode (blue)  ", "led1_mode_blue"),
        ("3A Lock", "3a_lock"), ("", ""), ("—", ""), ("Größe", "gr_e"), ("a\u{0}\n\u{1B}[31mb", "a_31mb"),
    ])
    func namesAreThoseOfTheUsualTool(words: String, name: String) {
        #expect(ControlName.plain(words) == name)
    }

    @Test func aNameHasABound() {
        #expect(ControlName.plain(String(repeating: "x", count: 10_000)).count == 64)
    }
}

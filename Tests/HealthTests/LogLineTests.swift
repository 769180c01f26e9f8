internal import Glibc
internal import Health
internal import Logging
internal import Testing

@Suite struct LogLineTests {
    private func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogLine {
        LogLine(level: .warning, message: message, metadata: metadata)
    }

    @Test func fieldsFollowTheMessageInTheOrderOfTheirKeys() {
        let metadata: Logger.Metadata = ["line": "a", "camera.device": "/dev/video0", "errno": "19"]
        #expect(line("Camera lost", metadata).text == "Camera lost camera.device=/dev/video0 errno=19 line=a")
    }

    @Test func aMessageIsOneLineThatNoTerminalObeys() {
        let text = line("a\nb\u{1b}[2J\r\u{9b}\u{202e}", ["k\n": "v\t\"x\" y", "z": "", "e": "a=b"]).text
        #expect(text == "a\\nb\\u{1b}[2J\\r\\u{9b}\\u{202e} e=\"a=b\" k\\n=\"v\\t\\\"x\\\" y\" z=\"\"")
    }

    @Test func longTextsAreCut() {
        #expect(line(String(repeating: "x", count: 100_000)).text.count == 4096)
    }

    @Test func theTimeIsRFC3339() throws {
        let time = timespec(tv_sec: 1_700_000_000, tv_nsec: 7_900_000)
        let text = line("m").text(at: time)
        let pattern = /2023-11-1[45]T\d\d:\d\d:20\.007[+-]\d\d:\d\d warning m/
        #expect(text.wholeMatch(of: pattern) != nil, "\(text)")
    }

    @Test func aJournalEntryHasTheFieldsOfItsEvent() {
        let metadata: Logger.Metadata = ["code": "camera_lost", "line": "a", "camera.device": "/dev/video0\nx"]
        let entry = JournalEntry(
            line("Camera lost", metadata), identifier: "assayd", file: "Station/Line.swift", lineNumber: 7)
        #expect(
            entry.fields == [
                "MESSAGE=Camera lost camera.device=/dev/video0\\nx code=camera_lost line=a", "PRIORITY=4",
                "SYSLOG_IDENTIFIER=assayd", "CODE_FILE=Station/Line.swift", "CODE_LINE=7",
                "MESSAGE_ID=13ff9d6d6bdf4f8f9a917ebbf1ab14bd", "ASSAY_CAMERA_DEVICE=/dev/video0\nx",
                "ASSAY_CODE=camera_lost", "ASSAY_LINE=a",
            ])
    }

    @Test func anUnknownCodeHasNoMessageID() {
        let entry = JournalEntry(line("m", ["code": "x"]), identifier: "i", file: "f", lineNumber: 1)
        #expect(!entry.fields.contains { $0.hasPrefix("MESSAGE_ID") })
    }

    @Test func fieldNamesAreWhatTheJournalTakes() {
        #expect(JournalEntry.name(of: "camera.device") == "ASSAY_CAMERA_DEVICE")
        #expect(JournalEntry.name(of: "ä=\n1") == "ASSAY_____1")
        #expect(JournalEntry.name(of: String(repeating: "k", count: 100))?.utf8.count == 64)
        #expect(JournalEntry.name(of: "") == nil)
    }

    @Test func prioritiesAreSyslogs() {
        #expect(Logger.Level.allCases.map(\.priority) == [7, 7, 6, 5, 4, 3, 2])
    }
}

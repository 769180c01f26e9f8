internal import Health
internal import Logging
internal import Testing

/// What reaches standard error is tested in a process of its own, where standard error can be looked at.
@Suite struct ServiceLogHandlerTests {
    @Test func linesGoToStandardErrorWhereItIsNoJournal() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let threshold = LogThreshold(.info)
            var logger = Logger(label: "test") { _ in
                ServiceLogHandler(identifier: "test", threshold: threshold, destination: .detected)
            }
            logger[metadataKey: "line"] = "a"
            logger.debug("not yet")
            logger.event(.cameraLost, line: "b", ["camera.device": "/dev/video0"])
            threshold.level = .debug
            logger.debug("now")
        }
        let text = String(decoding: result.standardErrorContent, as: UTF8.self)
        let lines = text.split(separator: "\n").filter { line in
            ["Camera lost", "now", "not yet"].contains { line.contains($0) }
        }
        #expect(lines.count == 2, "\(text)")
        #expect(lines.first?.hasSuffix("warning Camera lost camera.device=/dev/video0 code=camera_lost line=b") == true)
        #expect(lines.last?.hasSuffix("debug now line=a") == true)
    }

    @Test func aLoggersOwnLevelStandsAboveTheShared() {
        let threshold = LogThreshold(.info)
        var handler = ServiceLogHandler(identifier: "test", threshold: threshold, destination: .standardError)
        threshold.level = .error
        #expect(handler.logLevel == .error)
        handler.logLevel = .trace
        #expect(handler.logLevel == .trace)
        #expect(threshold.level == .error)
    }

    @Test func everySeverityIsALogLevelOfTheSameName() {
        for code in EventCode.allCases { #expect(Logger.Level(rawValue: code.severity.rawValue) != nil) }
    }
}

import Capture
import Synchronization
import Testing

struct StateReporterTests {
    @Test func aRepeatedReasonIsReportedOnce() {
        let states = Recorder<SourceState>()
        var reporter = StateReporter { states.record($0) }
        reporter.report(.opening)
        reporter.report(.lost(.deviceMissing(device: "/dev/video0")))
        reporter.report(.lost(.deviceMissing(device: "/dev/video0")))
        reporter.report(.lost(.busy(device: "/dev/video0", holder: nil)))
        reporter.report(.lost(.noFrames(device: "/dev/video0", after: .seconds(1))))
        reporter.report(.lost(.noFrames(device: "/dev/video0", after: .seconds(2))))
        #expect(states.all.map(\.name) == ["opening", "device_missing", "device_busy", "no_frames"])
        #expect(!reporter.isStreaming)
    }

    @Test func aSlowCameraGetsFivePeriods() {
        let pace = RecoveryPace()
        #expect(pace.frameTimeout(rate: 30) == .seconds(1))
        #expect(pace.frameTimeout(rate: 1) == .seconds(5))
        #expect(pace.frameTimeout(rate: nil) == .seconds(1))
        #expect(pace.frameTimeout(rate: 0) == .seconds(1))
        #expect(pace.frameTimeout(rate: .nan) == .seconds(1))
        #expect(RecoveryPace(frameTimeout: .milliseconds(7)).frameTimeout(rate: 1) == .milliseconds(7))
    }
}

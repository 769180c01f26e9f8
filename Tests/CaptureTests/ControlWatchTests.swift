import Capture
import Testing

@Suite struct ControlWatchTests {
    /// The camera's thread waits until the next look: one that lies in the past would keep it running.
    @Test func aCameraWithoutControlsIsLookedAtNoMoreOftenThanAnother() throws {
        let device = try OwnedDescriptor(opening: "/dev/null")
        var watch = ControlWatch(setting: [], on: device)
        for _ in 0..<3 {
            let due = watch.nextLook.advanced(by: .milliseconds(1))
            let isChanged = watch.look(at: device, isTold: false, now: due)
            #expect(!isChanged)
            #expect(watch.nextLook >= due.advanced(by: .seconds(1)))
        }
    }
}

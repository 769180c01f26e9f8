/// How long a source waits before it gives up on a frame, and before it tries again.
package struct RecoveryPace: Equatable, Sendable {
    /// Between two tries to open a lost source.
    package let retryInterval: Duration

    /// Without a frame for so long a streaming camera counts as lost; nil for 1 s or five periods, the longer one.
    package let frameTimeout: Duration?

    /// The same for the first frame after opening: some cameras take seconds to start.
    package let firstFrameTimeout: Duration

    /// Frames come when the camera is triggered: it streams from the start, and silence is no loss.
    package let waitsForTrigger: Bool

    package init(
        retryInterval: Duration = .seconds(1), frameTimeout: Duration? = nil,
        firstFrameTimeout: Duration = .seconds(5), waitsForTrigger: Bool = false
    ) {
        self.waitsForTrigger = waitsForTrigger
        self.retryInterval = retryInterval
        self.frameTimeout = frameTimeout
        self.firstFrameTimeout = firstFrameTimeout
    }

    /// - Parameter rate: frames a second, nil when unknown.
    package func frameTimeout(rate: Double?) -> Duration {
        if let frameTimeout { return frameTimeout }
        // 1 frame in 20 minutes is the slowest we believe; it also keeps the division in range.
        guard let rate, rate.isFinite, rate > 1.0 / 1200 else { return .seconds(1) }
        return max(.seconds(1), .seconds(5 / rate))
    }
}

/// Decides what a camera's thread says and when it tries again, from what happens to the camera.
///
/// Pure: time and chance come as arguments. A loss is told at once, a repeated reason once, and a reason that comes
/// back in turn with another one at most every ten seconds. Tries follow each other quickly at first and at the pace's
/// interval later on, for ever.
package struct CameraRecovery: Sendable {
    /// What follows from a fault.
    package struct Answer: Equatable, Sendable {
        /// Set when there is something new to tell.
        package let news: SourceState?

        /// The time to try again, unless the camera shows up before.
        package let retryAt: MonotonicTime

        /// The source streamed until now.
        package let isLoss: Bool
    }

    /// Right after a camera's arrival its node still belongs to the system; udev gives it away within this time.
    package static let permissionGrace = Duration.seconds(1)

    /// A stream that held for so long was a good one: the next tries are quick again.
    package static let steadyTime = Duration.seconds(10)

    /// A reason that was told in this loss is told again after this time at the earliest.
    package static let repetition = Duration.seconds(10)

    /// Between two tries at least, whatever udev tells.
    package static let leastPause = Duration.milliseconds(50)

    private let pace: RecoveryPace
    private var tryCount = 0
    private var lastTryAt: MonotonicTime?
    private var streamingSince: MonotonicTime?
    private var deniedSince: MonotonicTime?
    private var last: SourceState?

    /// When each reason of this loss was told.
    private var told: [String: MonotonicTime] = [:]

    package init(pace: RecoveryPace) { self.pace = pace }

    package var isStreaming: Bool {
        if case .streaming = last { true } else { false }
    }

    /// The code of the loss told last; nil while there is none.
    package var toldReason: String? {
        if case .lost(let error) = last { error.code } else { nil }
    }

    /// The source was started.
    package mutating func begin() -> SourceState? {
        last = .opening
        return .opening
    }

    /// The camera streams, in this form.
    package mutating func streams(_ description: CameraDescription, at now: MonotonicTime) -> SourceState? {
        deniedSince = nil
        if !isStreaming {
            streamingSince = now
            told = [:]
        }
        guard last != .streaming(description) else { return nil }
        last = .streaming(description)
        return last
    }

    /// Opening failed, or the stream ended by a fault.
    ///
    /// - Parameter chance: 0 ..< 1, so that several cameras behind one hub are not tried in step.
    package mutating func fails(_ error: CaptureError, at now: MonotonicTime, chance: Double) -> Answer {
        let wasStreaming = isStreaming
        if let since = streamingSince, now.since(since) >= Self.steadyTime { tryCount = 0 }
        streamingSince = nil
        lastTryAt = now
        if case .permissionDenied = error {
            let since = deniedSince ?? now
            deniedSince = since
            if now.since(since) < Self.permissionGrace {
                return Answer(news: nil, retryAt: now.advanced(by: Self.leastPause), isLoss: false)
            }
        } else {
            deniedSince = nil
        }
        let retryAt = now.advanced(by: pause(chance: chance))
        tryCount = min(tryCount + 1, 16)
        return Answer(news: news(of: error, at: now), retryAt: retryAt, isLoss: wasStreaming)
    }

    /// A node came or changed: when to try, at once unless the last try was a moment ago.
    package func arrives(at now: MonotonicTime) -> MonotonicTime {
        guard let lastTryAt else { return now }
        return max(now, lastTryAt.advanced(by: Self.leastPause))
    }

    /// The driver keeps the thread: nothing can be tried until it comes back by itself.
    ///
    /// - Returns: what is new, and whether the source streamed until now.
    package mutating func hangs(_ error: CaptureError, at now: MonotonicTime) -> (news: SourceState?, isLoss: Bool) {
        let wasStreaming = isStreaming
        streamingSince = nil
        return (news(of: error, at: now), wasStreaming)
    }

    /// An eighth of the interval at first, twice as long each time up to the interval, give or take a tenth.
    private func pause(chance: Double) -> Duration {
        let share = 1 / Double(1 << max(0, 3 - min(tryCount, 3)))
        let jitter = 0.9 + 0.2 * min(max(chance, 0), 1)
        return max(Self.shortest(of: pace), pace.retryInterval * (share * jitter))
    }

    /// Tests try every few milliseconds.
    private static func shortest(of pace: RecoveryPace) -> Duration { min(leastPause, pace.retryInterval) }

    private mutating func news(of error: CaptureError, at now: MonotonicTime) -> SourceState? {
        guard toldReason != error.code else { return nil }
        if let before = told[error.code], now.since(before) < Self.repetition { return nil }
        told[error.code] = now
        last = .lost(error)
        return last
    }
}

import Capture
import Testing

/// The decisions of recovery, by a clock of the test's own.
struct CameraRecoveryTests {
    private static let start = MonotonicTime(nanoseconds: 1_000_000_000_000)
    private static let missing = CaptureError.deviceMissing(device: "/dev/video0")
    private static let denied = CaptureError.permissionDenied(device: "/dev/video0")
    private static let busy = CaptureError.busy(device: "/dev/video0", holder: nil)
    private static let failed = CaptureError.requestFailed(device: "/dev/video0", request: "VIDIOC_DQBUF", Errno(5))
    private static let hung = CaptureError.driverHung(device: "/dev/video0", for: .seconds(1))
    private static let camera = CameraDescription(
        device: "/dev/video0", card: "card", driver: "driver", busInfo: "bus", format: nil, size: nil, rate: 30)

    private static func at(_ milliseconds: Int) -> MonotonicTime { start.advanced(by: .milliseconds(milliseconds)) }

    private func streaming() -> CameraRecovery {
        var recovery = CameraRecovery(pace: RecoveryPace())
        _ = recovery.begin()
        _ = recovery.streams(Self.camera, at: Self.start)
        return recovery
    }

    @Test func aLossIsToldAtOnceAndOnce() {
        var recovery = streaming()
        let first = recovery.fails(Self.missing, at: Self.at(100), chance: 0.5)
        #expect(first.news == .lost(Self.missing))
        #expect(first.isLoss)
        for number in 2..<50 {
            let next = recovery.fails(Self.missing, at: Self.at(number * 100), chance: 0.5)
            #expect(next.news == nil)
            #expect(!next.isLoss)
        }
        #expect(recovery.streams(Self.camera, at: Self.at(6000)) == .streaming(Self.camera))
        #expect(recovery.streams(Self.camera, at: Self.at(6100)) == nil)
    }

    @Test func triesAreQuickAtFirstAndNeverEnd() {
        var recovery = streaming()
        var now = Self.at(100)
        var pauses: [Duration] = []
        for _ in 0..<1000 {
            let retryAt = recovery.fails(Self.missing, at: now, chance: 0.5).retryAt
            pauses.append(retryAt.since(now))
            now = retryAt
        }
        #expect(
            pauses.prefix(5) == [.milliseconds(125), .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(1)])
        #expect(pauses.dropFirst(3).allSatisfy { $0 == .seconds(1) })
    }

    @Test(arguments: [0, 0.25, 0.999999, 1, -3, 7, .infinity])
    func chanceMovesATryByATenthAtMost(chance: Double) {
        var recovery = streaming()
        for _ in 0..<10 { _ = recovery.fails(Self.missing, at: Self.start, chance: chance) }
        let pause = recovery.fails(Self.missing, at: Self.start, chance: chance).retryAt.since(Self.start)
        #expect(pause >= .milliseconds(900) && pause <= .milliseconds(1100))
    }

    @Test func aNodeThatIsNotGivenAwayYetIsTriedAgainInSilence() {
        var recovery = streaming()
        _ = recovery.fails(Self.missing, at: Self.at(0), chance: 0.5)
        for step in 0..<20 {
            let answer = recovery.fails(Self.denied, at: Self.at(100 + step * 50), chance: 0.5)
            #expect(answer.news == nil)
            #expect(answer.retryAt.since(Self.at(100 + step * 50)) == CameraRecovery.leastPause)
        }
        #expect(recovery.fails(Self.denied, at: Self.at(1100), chance: 0.5).news == .lost(Self.denied))
        #expect(recovery.fails(Self.denied, at: Self.at(1150), chance: 0.5).news == nil)
    }

    @Test func graceBeginsAnewWithEachArrival() {
        var recovery = streaming()
        _ = recovery.fails(Self.denied, at: Self.at(0), chance: 0.5)
        _ = recovery.fails(Self.missing, at: Self.at(900), chance: 0.5)
        #expect(recovery.fails(Self.denied, at: Self.at(1500), chance: 0.5).news == nil)
        #expect(recovery.fails(Self.denied, at: Self.at(2500), chance: 0.5).news == .lost(Self.denied))
    }

    @Test func reasonsThatTakeTurnsAreNotToldEachTime() {
        var recovery = streaming()
        var told: [Int] = []
        for step in 0..<300 {
            let error = step % 2 == 0 ? Self.missing : Self.failed
            if recovery.fails(error, at: Self.at(step * 100), chance: 0.5).news != nil { told.append(step * 100) }
        }
        // Both at once, then no more than one each ten seconds and its counterpart.
        #expect(told.prefix(2) == [0, 100])
        #expect(told.count <= 6)
        #expect(told.contains { $0 >= 10_000 }, "what lasts must be told in the end")
    }

    @Test func anotherReasonIsToldAtOnce() {
        var recovery = streaming()
        _ = recovery.fails(Self.missing, at: Self.at(0), chance: 0.5)
        #expect(recovery.fails(Self.busy, at: Self.at(1), chance: 0.5).news == .lost(Self.busy))
    }

    @Test func anArrivalIsTriedAtOnceButNotWithoutPause() {
        var recovery = streaming()
        _ = recovery.fails(Self.missing, at: Self.at(0), chance: 0.5)
        #expect(recovery.arrives(at: Self.at(400)) == Self.at(400))
        #expect(recovery.arrives(at: Self.at(10)) == Self.at(50))
    }

    @Test func onlyASteadyStreamMakesTheNextTriesQuickAgain() {
        var recovery = streaming()
        for step in 0..<6 { _ = recovery.fails(Self.failed, at: Self.at(step), chance: 0.5) }
        _ = recovery.streams(Self.camera, at: Self.at(1000))
        let short = recovery.fails(Self.failed, at: Self.at(2000), chance: 0.5)
        #expect(short.retryAt.since(Self.at(2000)) == .seconds(1))
        #expect(short.isLoss)
        _ = recovery.streams(Self.camera, at: Self.at(4000))
        let long = recovery.fails(Self.failed, at: Self.at(14_000), chance: 0.5)
        #expect(long.retryAt.since(Self.at(14_000)) == .milliseconds(125))
    }

    @Test func aDriverThatHangsIsALossUntilFramesComeAgain() {
        var recovery = streaming()
        let first = recovery.hangs(Self.hung, at: Self.at(1000))
        #expect(first.news == .lost(Self.hung))
        #expect(first.isLoss)
        let second = recovery.hangs(Self.hung, at: Self.at(1250))
        #expect(second.news == nil)
        #expect(!second.isLoss)
        #expect(recovery.streams(Self.camera, at: Self.at(3000)) == .streaming(Self.camera))
        #expect(recovery.hangs(Self.hung, at: Self.at(9000)).isLoss)
        // It comes back with an error: that is what counts then.
        #expect(recovery.fails(Self.missing, at: Self.at(9500), chance: 0.5).news == .lost(Self.missing))
    }

    @Test func whateverHappensTriesAreBoundedAndNewsAreNew() {
        var random = SplitMix(seed: 7)
        var recovery = CameraRecovery(pace: RecoveryPace())
        var last = recovery.begin()
        var now = Self.start
        let errors = [Self.missing, Self.denied, Self.busy, Self.failed]
        for _ in 0..<20_000 {
            now = now.advanced(by: .milliseconds(Int(random.next() % 700)))
            let news: SourceState?
            switch random.next() % 8 {
            case 0: news = recovery.streams(Self.camera, at: now)
            case 1: news = recovery.hangs(Self.hung, at: now).news
            default:
                let wasStreaming = recovery.isStreaming
                let error = errors[Int(random.next() % UInt64(errors.count))]
                let answer = recovery.fails(error, at: now, chance: Double(random.next() % 1000) / 1000)
                let pause = answer.retryAt.since(now)
                #expect(pause >= CameraRecovery.leastPause && pause <= .milliseconds(1100))
                #expect(!answer.isLoss || wasStreaming)
                news = answer.news
            }
            guard let news else { continue }
            #expect(news != last)
            last = news
        }
    }
}

/// Steele, Lea, Flood 2014: a small generator whose numbers are the same everywhere.
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

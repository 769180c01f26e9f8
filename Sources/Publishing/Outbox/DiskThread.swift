internal import Synchronization

/// Does what the outbox wants of its disk on a thread of its own, so that a disk that hangs holds up nobody.
///
/// A card that dies or a share that is gone may keep a thread in the kernel for minutes. Whoever asks waits a bounded
/// time; as long as the thread has not come back, everything else asked of it is refused at once.
final class DiskThread: Sendable {
    private typealias Job = @Sendable (inout OutboxDisk) -> Void

    private let job = Mutex<Job?>(nil)
    private let isBusy = Atomic<Bool>(false)
    private let isEnding = Atomic<Bool>(false)
    private let bell: Wakeup
    private let done: Wakeup

    /// - Throws: `refused` when the system has no descriptor or thread left.
    init(_ makeDisk: @escaping @Sendable () -> OutboxDisk) throws(PublishingError) {
        bell = try Wakeup()
        done = try Wakeup()
        try NetworkThread.start(name: "assay-disk") { [self] in
            var disk = makeDisk()
            while !isEnding.load(ordering: .acquiring) {
                bell.wait(atMost: .seconds(3600))
                guard let job = job.withLock({ $0.take() }) else { continue }
                job(&disk)
                isBusy.store(false, ordering: .releasing)
                done.ring()
            }
        }
    }

    private final class Answer<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    /// Has `body` run on the thread; one caller alone.
    ///
    /// - Returns: nil when it has not ended within `limit`: it may end at any time later, or have its effect without.
    func perform<Value: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (inout OutboxDisk) -> Value
    ) -> Value? {
        guard !isWorking else { return nil }
        isBusy.store(true, ordering: .releasing)
        let answer = Answer<Value>()
        job.withLock {
            $0 = { disk in
                let value = body(&disk)
                answer.value.withLock { $0 = value }
            }
        }
        bell.ring()
        let deadline = ContinuousClock.now + limit
        while isWorking {
            let rest = deadline - ContinuousClock.now
            guard rest > .zero else { return nil }
            done.wait(atMost: rest)
        }
        return answer.value.withLock { $0 }
    }

    /// Whether it has not come back from what it was asked last.
    var isWorking: Bool { isBusy.load(ordering: .acquiring) }

    /// Lets the thread end, and with it the file, as soon as it comes back.
    func end() {
        isEnding.store(true, ordering: .releasing)
        bell.ring()
    }
}

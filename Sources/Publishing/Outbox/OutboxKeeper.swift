/// The outbox's thread: writes what waits to be written, and comes back to a disk that failed.
struct OutboxKeeper: ~Copyable {
    let outbox: Outbox
    let settings: OutboxSettings
    let onReady: @Sendable () -> Void
    let observe: @Sendable (PublisherNotice) -> Void

    /// Nil for memory alone.
    let disk: DiskThread?
    var marks: MarkKeeper?

    /// What earlier runs left was looked at, or is lost.
    var hasSeenFile = false

    /// Numbers of earlier runs may be known by their marks alone.
    var hasLostNumbers = false
    var retryDelay: Duration
    var retryAt = ContinuousClock.now
    var toldUnreserved = false
    private var begunAt = ContinuousClock.now - .seconds(1)
    private var ageLookAt = ContinuousClock.now
    private var restSince: ContinuousClock.Instant?

    /// How often messages are looked over for those that became too old.
    static let ageInterval = Duration.seconds(30)

    /// What nobody waits for is written after so long without company.
    private static let restPatience = Duration.milliseconds(200)

    init(
        _ outbox: Outbox, _ settings: OutboxSettings, disk: DiskThread?, onReady: @escaping @Sendable () -> Void,
        observe: @escaping @Sendable (PublisherNotice) -> Void
    ) {
        self.outbox = outbox
        self.settings = settings
        self.onReady = onReady
        self.observe = observe
        self.disk = disk
        marks = disk.map {
            MarkKeeper(
                on: $0, within: settings.firstPatience,
                fallback: settings.markFallback.map { SequenceMarks(folder: $0) })
        }
        retryDelay = settings.firstRetry
    }

    mutating func run() {
        while true {
            let isEnding = outbox.mustEnd
            if disk != nil, !outbox.isStoring, isEnding || .now >= retryAt { tryDisk() }
            readBack()
            write(isEnding: isEnding)
            if isEnding { break }
            outbox.sleep(atMost: patience())
        }
        close()
    }

    private mutating func patience() -> Duration {
        let now = ContinuousClock.now
        let (isUrgent, hasRest, isStoring) = outbox.withQueue { ($0.isUrgent, $0.hasRest, $0.isStoring) }
        if !hasRest { restSince = nil } else if restSince == nil { restSince = now }
        let mayWrite = isStoring ? begunAt + settings.limits.commitInterval : now
        if isUrgent { return max(.zero, mayWrite - now) }
        var wake = ageLookAt
        if let restSince { wake = min(wake, restSince + Self.restPatience) }
        if disk != nil, !isStoring { wake = min(wake, retryAt) }
        return max(.zero, max(wake, mayWrite) - now)
    }

    /// Takes what came, writes it, and lets it out.
    private mutating func write(isEnding: Bool) {
        let now = ContinuousClock.now
        let (isUrgent, isStoring) = outbox.withQueue { ($0.isUrgent, $0.isStoring) }
        let isRestDue = restSince.map { now >= $0 + Self.restPatience } ?? false
        let looksAtAge = now >= ageLookAt
        guard isUrgent || isRestDue || looksAtAge || isEnding else { return }
        guard !isStoring || isEnding || now >= begunAt + settings.limits.commitInterval else { return }
        begunAt = now
        restSince = nil
        if looksAtAge { ageLookAt = now + Self.ageInterval }
        let time = settings.clock()
        guard let work = begin(now: now, at: time, trims: looksAtAge) else { return }
        let trimmed = isStoring ? perform(work) : OutboxWork.Trimmed()
        reserveNumbers()
        let numbers = outbox.withQueue { $0.finish(work, trimmed: trimmed, at: time) }
        for (tell, number) in numbers { tell(number) }
        onReady()
        if isStoring, looksAtAge { shrink() }
    }

    /// Numbers what came, once it is known of every stream where its numbers stand: the first message of another stream
    /// may come while the disk is asked about one.
    private mutating func begin(now: ContinuousClock.Instant, at time: Timestamp, trims: Bool) -> OutboxWork? {
        while true {
            for name in outbox.withQueue({ $0.strangers }) { learn(name) }
            let begun: OutboxWork?? = outbox.withQueue {
                $0.strangers.isEmpty ? .some($0.begin(now: now, at: time, trims: trims)) : nil
            }
            if let begun { return begun }
        }
    }

    /// - Returns: what was given up; after a failure nothing is stored any more.
    private mutating func perform(_ work: OutboxWork) -> OutboxWork.Trimmed {
        do throws(OutboxFault) {
            return try onDisk { disk throws(OutboxFault) in try disk.perform(work) }
        } catch {
            outbox.withQueue { $0.endStoring(work) }
            diskFailed(error)
        }
        return OutboxWork.Trimmed()
    }

    private mutating func readBack() {
        while outbox.withQueue({ $0.needsLoading }) {
            let (after, count) = outbox.withQueue { $0.wantedFromDisk }
            do throws(OutboxFault) {
                let items = try onDisk { disk throws(OutboxFault) in try disk.load(after: after, count: count) }
                outbox.withQueue { $0.load(items) }
            } catch {
                outbox.withQueue { $0.giveUpReading() }
                if outbox.isStoring {
                    outbox.withQueue { $0.endStoring(nil) }
                    diskFailed(error)
                }
                return
            }
        }
    }

    private mutating func shrink() {
        do throws(OutboxFault) {
            try onDisk { disk throws(OutboxFault) in try disk.shrink() }
        } catch {
            outbox.withQueue { $0.endStoring(nil) }
            diskFailed(error)
        }
    }

    private func close() {
        guard let disk else { return }
        do throws(OutboxFault) {
            try onDisk { disk throws(OutboxFault) in try disk.close() }
        } catch {
            if outbox.currentFault == nil { observe(.outboxFailed(error)) }
        }
        disk.end()
    }
}

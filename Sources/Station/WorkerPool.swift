internal import Capture
internal import Health
internal import Logging
internal import Publishing
internal import Synchronization
internal import Verdicts

/// The judging threads, shared by all lines, and their replacement when one hangs.
final class WorkerPool: Sendable {
    /// Rung once for each frame offered.
    let bell: Doorbell
    private let roster: Roster
    private let announcer: Announcer
    private let overlay = FindingOverlay()
    private let ended: Doorbell
    private let isStopping = Atomic(false)
    private let state = Mutex(State())

    private struct State {
        var workers: [Worker] = []
        var nextNumber = 1
    }

    init(_ roster: Roster, announcer: Announcer) throws(StationError) {
        do throws(CaptureError) {
            bell = try Doorbell()
            ended = try Doorbell()
        } catch {
            throw .systemExhausted(what: "wake-up event", reason: error.description)
        }
        self.roster = roster
        self.announcer = announcer
    }

    func start(count: Int) throws(StationError) {
        for _ in 0..<count { try startOne() }
    }

    private func startOne() throws(StationError) {
        let worker = state.withLock { state in
            defer { state.nextNumber += 1 }
            let worker = Worker(number: state.nextNumber, announcer: announcer, overlay: overlay)
            state.workers.append(worker)
            return worker
        }
        do throws(StationError) {
            try LoneThread.start(name: "assay-worker-\(worker.number)") { [self] in
                worker.run(roster, bell: bell) { isStopping.load(ordering: .acquiring) }
                end(worker)
            }
        } catch {
            end(worker)
            throw error
        }
    }

    private func end(_ worker: Worker) {
        state.withLock { $0.workers.removeAll { $0 === worker } }
        ended.ring()
    }

    private var workers: [Worker] { state.withLock { $0.workers } }

    var progress: [WorkerProgress] { workers.map { $0.hand.progress(number: $0.number) } }

    /// When the oldest frame of a line was taken that a worker still holds.
    func unansweredSince(_ line: LineName) -> SuspendingClock.Instant? {
        workers.compactMap { $0.hand.unanswered }.filter { $0.line == line }.map(\.since).min()
    }

    /// Gives up on a worker: its frame is answered with `model_timeout`, and a new worker takes its place.
    func abandon(_ number: Int) {
        guard let worker = workers.first(where: { $0.number == number }), let held = worker.hand.abandon() else {
            return
        }
        announcer.event(
            .workerStuck, line: held.line.name, why: "worker \(number) holds a frame past its deadline",
            data: ["worker": "\(number)"])
        held.line.answer(
            held.facts,
            with: .none(.modelTimeout, of: held.facts, stamp: held.stamp, line: held.line.name, announcer: announcer))
        guard !isStopping.load(ordering: .acquiring) else { return }
        do throws(StationError) {
            try startOne()
        } catch {
            announcer.logger.error("Worker not replaced", metadata: ["error": "\(error)"])
        }
    }

    /// Lets the workers finish the frames they hold.
    ///
    /// - Returns: whether all ended in time; a frame of one that did not is answered all the same.
    func stop(within limit: Duration) -> Bool {
        isStopping.store(true, ordering: .releasing)
        for _ in workers { bell.ring() }
        let deadline = ContinuousClock.now + limit
        while !workers.isEmpty, ContinuousClock.now < deadline {
            _ = ended.wait(timeout: deadline - .now)
        }
        let hanging = workers
        for worker in hanging { abandon(worker.number) }
        return hanging.isEmpty
    }
}

internal import Health
internal import Inference
internal import Logging
internal import Publishing
package import Settings
internal import Synchronization

/// The shell: builds the lines that the settings name, and wires source, workers and publisher.
///
/// Data goes one way through threads: source, slot, worker, publisher. The steward's thread alone changes lines; the
/// control socket's thread answers questions; the tasks of `StationService` only keep time.
package final class Station: Sendable {
    let parts: StationParts
    let announcer: Announcer
    let roster = Roster()
    let pool: WorkerPool
    let keeper: SetKeeper
    let steward: Steward

    /// Activates and rolls back: quick things that must not wait for what the steward does.
    let switcher: Steward

    /// Fetches sets from servers, which may take minutes.
    let fetcher: Steward
    let records: SetRecords
    let places: StationPlaces
    let numbers: UnpublishedNumbers
    private let lock: Mutex<StateLock?>
    let clerk: Clerk
    let ledger = Mutex(CommandLedger())
    let publisher: Publisher?
    let startedAt = ContinuousClock.now

    /// The settings of the start.
    let started: Settings
    let inForce: Mutex<InForce>
    let watch = Mutex(Watch())

    /// Nil until it was found out.
    let precision = Mutex<PrecisionStatement?>(nil)
    private let socketPath: String
    private let control = Mutex<ControlSocket?>(nil)

    struct InForce: Sendable {
        /// The settings accepted last; station-wide keys that wait for a restart are those of `started`.
        var latest: Settings

        /// Which settings each running line has its own from.
        var running: [String: Settings] = [:]
        var isStopping = false
        var isReady = false

        /// The manifest's digest when a line without a set was last tried.
        var triedDigests: [String: String] = [:]
    }

    /// What the watch remembers from one look to the next.
    struct Watch: Sendable {
        var judge = WatchdogJudge()
        var acknowledged: UInt64 = 0
        var publisherMoved = SuspendingClock.now
        var drops = DropWatch()
        var certificates = CertificateWatch()
    }

    /// Nothing runs before `start`.
    package init(_ settings: Settings, places: StationPlaces, parts: StationParts) throws(StationError) {
        try places.prepare()
        lock = Mutex(try StateLock(folder: places.state))
        self.parts = parts
        let boot = UUIDv7(time: .now()).text
        let link = AnnouncerLink()
        publisher = try Publisher.make(
            for: settings, places: places, boot: boot, version: parts.version
        ) { link.pass($0) }
        announcer = Announcer(
            station: settings.stationName, boot: boot, logger: parts.logger, publisher: publisher)
        pool = try WorkerPool(roster, announcer: announcer)
        keeper = SetKeeper(
            library: SetLibrary(folder: places.sets), models: ModelShelf(parts.openModel),
            precision: Precision(settings.precision))
        steward = try Steward()
        switcher = try Steward(name: "assay-switcher")
        fetcher = try Steward(name: "assay-fetcher")
        records = SetRecords(folder: places.state)
        self.places = places
        // What a former run was fetching is of no use.
        for name in FolderNames.names(in: places.fetched) { FolderNames.remove("\(places.fetched)/\(name)") }
        let clerk = try Clerk()
        self.clerk = clerk
        numbers = UnpublishedNumbers(SequenceMarks(folder: places.state))
        started = settings
        inForce = Mutex(InForce(latest: settings))
        socketPath = places.controlSocket
        // A queue that does not move while the connection holds: the keep-alive would have broken a dead one before.
        let limit = settings.broker.keepAlive * 1.5 + .seconds(15)
        watch.withLock { $0.judge = WatchdogJudge(publisherLimit: limit) }
        link.set(announcer, onCommand: { clerk.wake() }, onOutbox: { [weak self] in self?.linesChanged() })
    }

    package var settings: Settings { inForce.withLock { $0.latest } }

    /// Starts everything; returns before the lines are ready.
    package func start() throws(StationError) {
        let settings = started
        let socket = try ControlSocket(path: socketPath, logger: parts.logger) { [weak self] request, line, reply in
            self?.answer(request, line: line, reply: reply)
        }
        control.withLock { $0 = socket }
        do throws(PublishingError) {
            try publisher?.start()
        } catch {
            throw .publisherRefused(reason: error.description)
        }
        announcer.event(.started, data: ["version": parts.version, "boot": announcer.boot])
        var lines: [(line: Line, settings: LineSettings)] = []
        for line in settings.enabledLines {
            let made = try makeLine(line)
            lines.append((made, line))
            roster.add(made)
            inForce.withLock { $0.running[line.name] = settings }
        }
        linesChanged()
        try pool.start(count: settings.workerCount)
        try steward.start()
        try switcher.start()
        try fetcher.start()
        try clerk.start { [weak self] in self?.attendToCommands(at: $0) }
        try socket.start()
        for (line, settings) in lines {
            _ = steward.enqueue { [self] in launch(line, settings) }
        }
        _ = steward.enqueue { [self] in restoreSets() }
        _ = steward.enqueue { [self] in choosePrecision() }
    }

    /// Stops the sources, lets the workers finish, sends what waits and says `offline`; within five seconds.
    ///
    /// - Returns: false when a worker or a camera's thread still hangs, so that only the end of the process ends it.
    package func stop() async -> Bool {
        guard
            inForce.withLock({ state in
                defer { state.isStopping = true }
                return !state.isStopping
            })
        else { return true }
        tell(.stopping)
        announcer.event(.stopping)
        let isClean: Bool
        do throws(StationError) {
            isClean = try await BlockingCall.run(name: "assay-stop") { [self] in
                control.withLock { $0.take() }?.stop()
                for thread in [fetcher, steward, switcher] { thread.close() }
                let haveEnded = stopSources(within: .seconds(1))
                for line in roster.lines { line.answerRest() }
                clerk.stop()
                return pool.stop(within: .milliseconds(1500)) && haveEnded
            }
        } catch {
            isClean = false
        }
        announcer.event(.stopped)
        if let publisher {
            let end = await publisher.stop(within: .seconds(2))
            if !end.isAcknowledged || end.counters.queued > 0 {
                parts.logger.warning(
                    "Messages left for the next start", metadata: ["queued": "\(end.counters.queued)"])
            }
        }
        if isClean { lock.withLock { $0 = nil } }
        return isClean
    }

    /// All at the same time: one camera that hangs takes no time from the others.
    private func stopSources(within limit: Duration) -> Bool {
        let lines = roster.lines
        for line in lines { line.requestStop() }
        let deadline = ContinuousClock.now + limit
        return lines.map { $0.stopSource(within: max(.zero, deadline - .now)) }.allSatisfy { $0 }
    }

    /// Whether every line's source has come to its end and everything said of it has arrived.
    package var isDone: Bool {
        let lines = roster.lines
        guard !lines.isEmpty, lines.allSatisfy(\.hasEnded) else { return false }
        return publisher.map { $0.counters.queued == 0 } ?? true
    }

    func makeLine(_ settings: LineSettings) throws(StationError) -> Line {
        let name: LineName
        do throws(PublishingError) {
            name = try LineName(settings.name)
        } catch {
            throw .publisherRefused(reason: error.description)
        }
        // What is published is numbered by the outbox.
        let (after, mark) = publisher == nil ? numbers.begin(name) : (0, nil)
        if let mark { write(mark, of: name) }
        let line = Line(
            name, settings: settings, announcer: announcer, after: after,
            onChange: { [weak self] in self?.linesChanged() },
            onNumber: { [weak self] in self?.note($0, of: name) },
            onTrial: { [weak self] trial, outcome in
                guard let self else { return }
                _ = switcher.enqueue { [self] in conclude(trial, outcome, on: name) }
            })
        line.recent.limit(to: policy.recentByteLimit)
        return line
    }

    /// Reserves further numbers in time, off the worker's thread.
    private func note(_ sequence: UInt64, of line: LineName) {
        guard let mark = numbers.use(sequence, of: line) else { return }
        _ = steward.enqueue { [self] in write(mark, of: line) }
    }

    private func write(_ mark: UInt64, of line: LineName) {
        guard let reason = numbers.write(mark, of: line) else { return }
        parts.logger.warning(
            "Verdict numbers not reserved, they may come again after a restart",
            metadata: ["line": "\(line)", "reason": "\(reason)"])
    }

    /// Says what the lines do now, and that the station is ready once each has said what it is.
    func linesChanged() {
        announcer.status(lineStatuses)
        let isNewlyReady =
            Readiness(roster.lines.map { $0.progress(unansweredSince: nil) }).isReached
            && inForce.withLock { state in
                defer { state.isReady = true }
                return !state.isReady
            }
        if isNewlyReady { tell(.ready, .status("judging \(roster.lines.count) line(s)")) }
    }

    var lineStatuses: [LineStatus] {
        let off = disabledNames.map { LineStatus($0, .disabled) }
        let on = roster.lines.map { line in
            let (state, reason) = line.wireState
            return LineStatus(line.name, state, reason: reason)
        }
        return (on + off).sorted { $0.name < $1.name }
    }

    private var disabledNames: [LineName] {
        var names: [LineName] = []
        for line in settings.lines where !line.isEnabled && roster.line(named: line.name) == nil {
            do throws(PublishingError) {
                names.append(try LineName(line.name))
            } catch {
                parts.logger.error("Line cannot be named", metadata: ["line": "\(line.name)", "error": "\(error)"])
            }
        }
        return names
    }

    /// Tells the service manager; without one nothing happens.
    func tell(_ states: ServiceState...) {
        do throws(HealthError) {
            for state in states { try parts.notifier.notify(state) }
        } catch {
            parts.logger.warning("Service manager not told", metadata: ["error": "\(error)"])
        }
    }
}

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
    let lock: Mutex<StateLock?>
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
    let control = Mutex<ControlSocket?>(nil)

    struct InForce: Sendable {
        /// The settings accepted last; station-wide keys that wait for a restart are those of `started`.
        var latest: Settings

        /// Which settings each running line has its own from.
        var running: [String: Settings] = [:]
        var isStopping = false
        var isReady = false

        /// The manifest's digest when a line without a set was last tried.
        var triedDigests: [String: String] = [:]

        /// The digest of the set that is being fetched for a line.
        var fetching: [String: String] = [:]
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

    /// Tells the service manager; without one nothing happens.
    func tell(_ states: ServiceState...) {
        do throws(HealthError) {
            for state in states { try parts.notifier.notify(state) }
        } catch {
            parts.logger.warning("Service manager not told", metadata: ["error": "\(error)"])
        }
    }
}

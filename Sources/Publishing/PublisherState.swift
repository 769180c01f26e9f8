/// What a publisher has to send next; a pure machine whose owner does what it says.
struct PublisherState: Sendable {
    private let settings: PublisherSettings
    private let outbox: Outbox

    private var stationState = StationState.online
    private var reason: String?
    private var lines: [LineStatus] = []
    private var leaseSequence: UInt64 = 0
    private var statusIsDue = true
    private var isContested = false
    private var leaseInterval: Duration
    private var leaseEnds: ContinuousClock.Instant?

    /// The latest retained message of each topic but the status, in the order of their first appearance.
    private var retained: [(message: MQTTMessage, isDue: Bool)] = []

    /// Overlays that wait for the network thread; never more than one a topic.
    private var fleeting: [MQTTMessage] = []

    /// Answers to commands that wait for the network thread, oldest first.
    private var answers: [MQTTMessage] = []
    private static let mostAnswers = 64

    private var caution = Caution()
    private(set) var isConnected = false
    private(set) var lastFault: ConnectionFault?
    private var farewell: Farewell?

    /// The end of a publisher: flush, say goodbye, wait for the answer.
    private struct Farewell {
        let flushUntil: ContinuousClock.Instant
        let deadline: ContinuousClock.Instant
        var isSaid = false
        var identifier: Int32?
        var isAcknowledged = false
    }

    /// One thing to do.
    enum Step: Equatable {
        case sendStatus(MQTTMessage)
        case sendFarewell(MQTTMessage)
        case send(MQTTMessage)
        case sendQueued(OutboxQueue.Departure)
        case sleep(Duration)
        case disconnect
    }

    init(_ settings: PublisherSettings, outbox: Outbox) {
        self.settings = settings
        self.outbox = outbox
        leaseInterval = settings.leaseInterval
    }

    var farewellIsAcknowledged: Bool { farewell?.isAcknowledged ?? false }

    mutating func setStatus(_ state: StationState, reason: String?, lines: [LineStatus]) {
        stationState = state
        self.reason = reason
        self.lines = lines
        statusIsDue = true
    }

    mutating func changeLease(to interval: Duration) {
        guard interval != leaseInterval else { return }
        leaseInterval = interval
        statusIsDue = true
    }

    /// Whether someone else speaks as this station, which its status then says.
    mutating func setContested(_ isContested: Bool) {
        self.isContested = isContested
        statusIsDue = true
    }

    /// Has everything retained sent again on this connection.
    mutating func sendAgain() {
        statusIsDue = true
        for index in retained.indices { retained[index].isDue = true }
    }

    mutating func setRetained(_ message: MQTTMessage) {
        if let index = retained.firstIndex(where: { $0.message.topic == message.topic }) {
            retained[index] = (message, true)
        } else {
            retained.append((message, true))
        }
    }

    /// - Returns: whether the message will be tried; without a connection it is forgotten.
    mutating func offer(fleeting message: MQTTMessage) -> Bool {
        guard isConnected, caution.allows(message) else { return false }
        fleeting.removeAll { $0.topic == message.topic }
        fleeting.append(message)
        return true
    }

    /// - Returns: whether the answer will be tried; without a connection it is forgotten.
    mutating func offer(answer message: MQTTMessage) -> Bool {
        guard isConnected, caution.allows(message) else { return false }
        if answers.count >= Self.mostAnswers { answers.removeFirst() }
        answers.append(message)
        return true
    }

    mutating func beginFarewell(now: ContinuousClock.Instant, within limit: Duration) {
        guard farewell == nil else { return }
        farewell = Farewell(flushUntil: now + limit * 0.75, deadline: now + limit)
    }

    /// What the broker says when this station vanishes.
    func will(at time: Timestamp) -> MQTTMessage {
        status(.offline, reason: "connection_lost", sequence: leaseSequence, at: time)
    }

    mutating func opened(at now: ContinuousClock.Instant) {
        isConnected = true
        lastFault = nil
        caution.opened(at: now)
        outbox.opened()
        sendAgain()
    }

    /// - Returns: whether this is news, and the message that is given up.
    mutating func closed(_ fault: ConnectionFault) -> (isNews: Bool, givenUp: Caution.Subject?) {
        isConnected = false
        let givenUp = caution.closed(fault)
        if let ticket = givenUp?.ticket { outbox.giveUp(ticket) }
        outbox.closed()
        fleeting.removeAll()
        answers.removeAll()
        farewell?.identifier = nil
        defer { lastFault = fault }
        return (fault != lastFault, givenUp)
    }

    var isAtMessage: Bool { caution.suspect != nil }

    /// A message was handed to the connection.
    ///
    /// - Parameter subject: nil for one that is never given up.
    mutating func departed(_ subject: Caution.Subject?, as identifier: Int32) {
        caution.departed(subject, as: identifier)
    }

    mutating func acknowledged(_ identifier: Int32, isAccepted: Bool) {
        caution.answered(identifier)
        if farewell?.identifier == identifier { farewell?.isAcknowledged = true }
        if isAccepted { outbox.acknowledged(identifier) } else { outbox.refused(identifier) }
    }

    mutating func farewellDeparted(as identifier: Int32) { farewell?.identifier = identifier }

    /// What to do now, while connected; each step given is taken as done.
    ///
    /// A queued message stays the next step until the outbox hears that it `departed` or is `unsendable`.
    mutating func next(now: ContinuousClock.Instant, at time: Timestamp) -> Step {
        if let farewell, farewell.isSaid {
            return farewell.isAcknowledged || now >= farewell.deadline ? .disconnect : .sleep(farewell.deadline - now)
        }
        if let farewell, outbox.count == 0 || now >= farewell.flushUntil {
            self.farewell?.isSaid = true
            leaseSequence += 1
            return .sendFarewell(status(.offline, reason: "stopped", sequence: leaseSequence, at: time))
        }
        let end = [leaseEnds, farewell?.flushUntil].compactMap { $0 }.min() ?? now
        caution.look(at: now)
        if caution.mustWait { return .sleep(max(.milliseconds(100), end - now)) }
        if statusIsDue || leaseEnds.map({ now >= $0 }) ?? true {
            statusIsDue = false
            leaseEnds = now + leaseInterval
            leaseSequence += 1
            let (state, reason) = isContested ? (.degraded, "second_writer") : (stationState, reason)
            return .sendStatus(status(state, reason: reason, sequence: leaseSequence, at: time))
        }
        if let index = retained.firstIndex(where: { $0.isDue && caution.allows($0.message) }) {
            retained[index].isDue = false
            return .send(answerable(retained[index].message))
        }
        if !answers.isEmpty { return .send(answers.removeFirst()) }
        if let departure = outbox.next() { return .sendQueued(departure) }
        if !fleeting.isEmpty { return .send(answerable(fleeting.removeFirst())) }
        return .sleep(max(.zero, end - now))
    }

    /// To what is waited for, the broker has to answer.
    private func answerable(_ message: MQTTMessage) -> MQTTMessage {
        var message = message
        if caution.isCareful { message.qualityOfService = .atLeastOnce }
        return message
    }

    private func status(_ state: StationState, reason: String?, sequence: UInt64, at time: Timestamp) -> MQTTMessage {
        let lease = Lease(interval: leaseInterval, sequence: sequence, boot: settings.boot, at: time)
        let message = StatusMessage(
            station: settings.station, state: state, reason: reason, version: settings.version, lease: lease,
            lines: lines)
        return MQTTMessage(
            topic: settings.topics.status, payload: message.json(), qualityOfService: .atLeastOnce, isRetained: true)
    }
}

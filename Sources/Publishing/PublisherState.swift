/// What a publisher has to send next; a pure machine whose owner does what it says.
struct PublisherState: Sendable {
    let settings: PublisherSettings
    let outbox: Outbox

    var stationState = StationState.online
    var reason: String?
    var lines: [LineStatus] = []
    var leaseSequence: UInt64 = 0
    var statusIsDue = true
    var isContested = false
    var leaseInterval: Duration
    var leaseEnds: ContinuousClock.Instant?

    /// The latest retained message of each topic but the status, in the order of their first appearance.
    var retained: [(message: MQTTMessage, isDue: Bool)] = []

    /// Overlays that wait for the network thread; never more than one a topic.
    var fleeting: [MQTTMessage] = []

    /// Answers to commands that wait for the network thread, oldest first.
    var answers: [MQTTMessage] = []
    private static let mostAnswers = 64

    var caution = Caution()
    private(set) var isConnected = false
    private(set) var lastFault: ConnectionFault?
    var farewell: Farewell?

    /// The end of a publisher: flush, say goodbye, wait for the answer.
    struct Farewell {
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
}

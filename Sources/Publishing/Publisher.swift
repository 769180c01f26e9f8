internal import Synchronization

/// Says on MQTT what the station does: status, verdicts, events, support sets, cameras, health.
///
/// No call waits for the network or the disk. Verdicts and events go through the outbox; of everything retained the
/// latest is kept and sent again after every reconnect; overlays are dropped unless they can go at once.
package final class Publisher: Sendable {
    let settings: PublisherSettings
    let client: MQTTClient
    let outbox: Outbox
    let observe: @Sendable (PublisherNotice) -> Void
    let state: Mutex<PublisherState>
    let inbox = Mutex(CommandInbox())
    let writers: Mutex<WriterWatch>
    let discovery: Mutex<HomeAssistantDevice?>

    /// What an earlier run may have announced and this one does not.
    let formerDevice: HomeAssistantDevice?

    /// What the broker may refuse without being told of.
    let optionalSubscriptions = Mutex<Set<Int32>>([])
    let end = EndOfPublisher()

    /// - Parameter observe: told of changes, on the network thread; it must not wait.
    /// - Throws: `refused` when the system lacks a resource.
    package init(
        _ settings: PublisherSettings, observe: @escaping @Sendable (PublisherNotice) -> Void
    ) throws(PublishingError) {
        self.settings = settings
        self.observe = observe
        writers = Mutex(WriterWatch(boot: settings.boot, startedAt: .now()))
        discovery = Mutex(settings.homeAssistantPrefix.map { HomeAssistantDevice(settings, prefix: $0) })
        formerDevice = settings.formerHomeAssistantPrefix.map { HomeAssistantDevice(settings, prefix: $0) }
        client = try MQTTClient(settings.mqtt)
        outbox = try Outbox(settings.outbox)
        state = Mutex(PublisherState(settings, outbox: outbox))
    }

    /// Starts to connect, and keeps at it until `stop`.
    package func start() throws(PublishingError) {
        try outbox.start(onReady: { [client] in client.wake() }, observe: observe)
        try client.start(self)
    }

    package var topics: Topics { settings.topics }
    package var isConnected: Bool { state.withLock { $0.isConnected } }
    package var counters: PublisherCounters { outbox.counters }

    /// Why verdicts and events wait in memory although they should be kept on disk.
    package var outboxFault: OutboxFault? { outbox.currentFault }

    /// Takes a verdict in; its own `delivery` is not looked at.
    ///
    /// - Parameter onNumber: told the verdict's `seq` once no other verdict can have it any more, on another thread.
    package func publish(
        _ verdict: VerdictMessage, line: LineName, onNumber: (@Sendable (UInt64) -> Void)? = nil
    ) {
        outbox.accept(
            stream: line.description, topic: settings.topics.verdict(line), head: verdict.head, body: verdict.body(),
            onNumber: onNumber)
    }

    package func publish(_ event: EventMessage) {
        outbox.accept(stream: "event", topic: settings.topics.event, head: event.head, body: event.body())
    }

    /// Says what the lines do; the station is `degraded` when one of them cannot do its work.
    package func updateStatus(lines: [LineStatus], reason: String? = nil) {
        updateStatus(StationState(lines: lines), reason: reason, lines: lines)
    }

    package func updateStatus(_ stationState: StationState, reason: String?, lines: [LineStatus]) {
        state.withLock { $0.setStatus(stationState, reason: reason, lines: lines) }
        discover(lines)
        client.wake()
    }

    /// Renews the status in another interval, and says so at once.
    package func changeLease(to interval: Duration) {
        state.withLock { $0.changeLease(to: interval) }
        client.wake()
    }

    package func update(_ supportSet: SupportSetMessage) {
        retain(supportSet, topic: settings.topics.supportSet(supportSet.line), .atLeastOnce)
    }

    package func update(_ camera: CameraMessage) {
        retain(camera, topic: settings.topics.camera(camera.line), .atLeastOnce)
    }

    package func update(_ health: HealthMessage) {
        retain(health, topic: settings.topics.health, .atMostOnce)
    }

    private func retain(_ message: some WireMessage, topic: String, _ qualityOfService: MQTTMessage.QualityOfService) {
        let message = MQTTMessage(
            topic: topic, payload: message.json(), qualityOfService: qualityOfService, isRetained: true)
        retain(message)
    }

    func retain(_ message: MQTTMessage) {
        state.withLock { $0.setRetained(message) }
        client.wake()
    }

    /// Sends everything retained again, for whoever came late.
    func sendAgain() {
        state.withLock { $0.sendAgain() }
        client.wake()
    }

    /// Sends the picture of a verdict's findings.
    ///
    /// - Returns: false when there is no connection; the picture is then forgotten.
    @discardableResult
    package func publishOverlay(_ jpeg: [UInt8], line: LineName) -> Bool {
        let message = MQTTMessage(
            topic: settings.topics.overlay(line), payload: jpeg, qualityOfService: .atMostOnce, isRetained: false)
        guard state.withLock({ $0.offer(fleeting: message) }) else { return false }
        client.wake()
        return true
    }

    /// Sends what still waits, says `offline`, and ends the thread; at once when there is no connection.
    ///
    /// - Returns: whether the broker acknowledged the `offline`, and the last counters.
    package func stop(within limit: Duration = .seconds(2)) async -> (isAcknowledged: Bool, counters: PublisherCounters)
    {
        state.withLock { $0.beginFarewell(now: .now, within: limit) }
        client.end()
        await end.wait(atMost: limit + .milliseconds(500))
        await outbox.stop(within: .seconds(1))
        return (state.withLock { $0.farewellIsAcknowledged }, outbox.counters)
    }
}

internal import Synchronization

/// Verdicts and events on their way to the broker, kept on disk until it has them.
///
/// Whoever accepts a message never waits for the disk: a thread of the outbox's own writes what came in the meantime,
/// all in one commit, and only then may a message and its number be seen outside. Without a folder, or while the disk
/// does not take them, messages wait in memory.
package final class Outbox: Sendable {
    private let queue: Mutex<OutboxQueue>
    private let settings: OutboxSettings
    private let bell: Wakeup
    private let isEnding = Atomic<Bool>(false)
    private let end = EndOfPublisher()
    private let hasEnded = Atomic<Bool>(false)
    private let fault = Mutex<OutboxFault?>(nil)

    /// - Throws: `refused` when the system has no descriptor left.
    package init(_ settings: OutboxSettings) throws(PublishingError) {
        self.settings = settings
        bell = try Wakeup()
        queue = Mutex(OutboxQueue(settings.limits))
    }

    /// Starts the thread, which keeps the outbox alive until `stop`.
    ///
    /// - Parameters:
    ///   - onReady: told on the thread that something may be ready to be sent; it must not wait.
    ///   - observe: told of changes, on the thread.
    package func start(
        onReady: @escaping @Sendable () -> Void, observe: @escaping @Sendable (PublisherNotice) -> Void
    ) throws(PublishingError) {
        var disk: DiskThread?
        if let folder = settings.folder { disk = try DiskThread { OutboxDisk(folder: folder) } }
        try NetworkThread.start(name: "assay-outbox") { [self, disk] in
            var keeper = OutboxKeeper(self, settings, disk: disk, onReady: onReady, observe: observe)
            keeper.run()
            hasEnded.store(true, ordering: .releasing)
            end.come()
        }
    }

    /// Takes a message in; never waits.
    ///
    /// - Parameter onNumber: told the message's number when it may be known outside.
    package func accept(
        stream: String, topic: String, head: MessageHead, body: [UInt8],
        onNumber: (@Sendable (UInt64) -> Void)? = nil
    ) {
        let arrival = OutboxArrival(
            stream: stream, topic: topic, head: head, body: body, acceptedAt: settings.clock(), since: .now,
            onNumber: onNumber)
        queue.withLock { $0.accept(arrival) }
        bell.ring()
    }

    package var counters: PublisherCounters { queue.withLock { $0.counters } }

    /// Why messages are not kept on disk although they should be.
    package var currentFault: OutboxFault? { fault.withLock { $0 } }

    /// Whether messages are kept on disk; false also where they need not be.
    package var isStoring: Bool { queue.withLock { $0.isStoring } }

    /// Writes what still waits and ends the thread.
    ///
    /// - Returns: false when the disk took longer.
    @discardableResult
    package func stop(within limit: Duration) async -> Bool {
        isEnding.store(true, ordering: .releasing)
        bell.ring()
        await end.wait(atMost: limit)
        return hasEnded.load(ordering: .acquiring)
    }
}

/// What the network thread does with it.
extension Outbox {
    var count: Int { queue.withLock { $0.count } }
    func opened() { change { $0.opened() } }
    func closed() { change { $0.closed() } }
    func next() -> OutboxQueue.Departure? { queue.withLock { $0.next() } }
    func departed(_ ticket: UInt64, as identifier: Int32) { queue.withLock { $0.departed(ticket, as: identifier) } }
    func acknowledged(_ identifier: Int32) { change { $0.acknowledged(identifier) } }
    func refused(_ identifier: Int32) { change { $0.refused(identifier) } }
    func giveUp(_ ticket: UInt64) { change { $0.giveUp(ticket) } }
    func unsendable(_ ticket: UInt64) { change { $0.unsendable(ticket) } }

    private func change(_ body: (inout OutboxQueue) -> Void) {
        queue.withLock { body(&$0) }
        bell.ring()
    }
}

/// What its own thread does with it.
extension Outbox {
    var mustEnd: Bool { isEnding.load(ordering: .acquiring) }
    func withQueue<Result: Sendable>(_ body: (inout OutboxQueue) -> Result) -> Result { queue.withLock { body(&$0) } }
    func sleep(atMost limit: Duration) { bell.wait(atMost: limit) }
    func setFault(_ fault: OutboxFault?) { self.fault.withLock { $0 = fault } }
}

internal import Capture
internal import Publishing
internal import Settings
internal import Synchronization

extension Station {
    /// Obeys a command, whichever way it came, and answers it exactly once, at once or later, from any thread.
    func obey(
        _ request: CommandRequest, from origin: CommandOrigin, arrivedAt: MonotonicTime,
        reply: @escaping @Sendable (CommandAnswer) -> Void
    ) {
        guard let id = request.id else { return carryOut(request, from: origin, arrivedAt: arrivedAt, reply) }
        switch ledger.withLock({ $0.begin(request, id: id, reply: reply) }) {
        case .obey:
            carryOut(request, from: origin, arrivedAt: arrivedAt) { [weak self] answer in
                let waiting = self?.ledger.withLock {
                    $0.finish(id, with: answer, byteCount: answer.json().count)
                }
                for reply in waiting ?? [] { reply(answer) }
            }
        case .wait: break
        case .repeatAnswer(let answer): reply(answer)
        case .refuse(let problem): reply(answer(to: request, .refused(problem)))
        }
    }

    private func obey(_ command: ReceivedCommand, from publisher: Publisher) {
        let age = ContinuousClock.now - command.arrivedAt
        let reply: @Sendable (CommandAnswer) -> Void = { publisher.answer($0, to: command) }
        do throws(CommandProblem) {
            let request = try command.request()
            if let expiry = command.message.properties.expiry, age >= expiry {
                throw CommandProblem(.stale, "its message expiry passed before it could be begun")
            }
            obey(request, from: .broker, arrivedAt: MonotonicTime.now.advanced(by: .zero - age), reply: reply)
        } catch {
            reply(answer(to: CommandRequest(command.name), .refused(error)))
        }
    }

    private func carryOut(
        _ request: CommandRequest, from origin: CommandOrigin, arrivedAt: MonotonicTime,
        _ reply: @escaping @Sendable (CommandAnswer) -> Void
    ) {
        do throws(CommandProblem) {
            guard !inForce.withLock({ $0.isStopping }) else {
                throw CommandProblem(.stopping, "the station is stopping")
            }
            let deadline = try remainingTime(of: request, arrivedAt: arrivedAt)
            let limit = deadline.map { arrivedAt.advanced(by: $0) }
            switch request.name {
            case .inspect: try inspect(request, arrivedAt: arrivedAt, deadline: deadline, reply)
            case .prepareSet: try prepareSet(request, from: origin, by: limit, reply)
            case .activateSet: try activateSet(request, by: limit, reply)
            case .rollBackSet: try rollBackSet(request, by: limit, reply)
            case .snapshot: try snapshot(request, reply)
            case .mark: try mark(request, reply)
            case .reload:
                let isAccepted = steward.enqueue { [self] in
                    let outcome = reload()
                    reply(
                        answer(
                            to: request,
                            .reload(
                                changed: outcome.changed, restartNeeded: outcome.restartNeeded,
                                refused: outcome.refused)))
                }
                if !isAccepted { throw CommandProblem(.busy, "too many reloads wait; try again later") }
            }
        } catch {
            reply(answer(to: request, .refused(error)))
        }
    }

    private func inspect(
        _ request: CommandRequest, arrivedAt: MonotonicTime, deadline: Duration?,
        _ reply: @escaping @Sendable (CommandAnswer) -> Void
    ) throws(CommandProblem) {
        let line = try line(named: request.line ?? "")
        if case .camera = line.orders.settings.trigger {
            throw CommandProblem(.wrongTrigger, "the line is triggered by its camera, which no command can make expose")
        }
        let order = TriggerOrder(metadata: request.metadata) { [weak self] verdict in
            guard let self else { return }
            reply(answer(to: request, .verdict(JSONText(verdict))))
        }
        line.trigger(order, at: arrivedAt, deadline: deadline)
        // A picture that waits to be asked for has no frame to wake a worker.
        pool.bell.ring()
        clerk.wake()
    }

    /// The time that the command's deadline leaves after its arrival; nil where it has none of its own.
    private func remainingTime(
        of request: CommandRequest, arrivedAt: MonotonicTime
    ) throws(CommandProblem) -> Duration? {
        guard let sentAt = request.sentAt else { return request.deadline }
        let deadline = request.deadline ?? Self.usualPatience
        let arrival = Timestamp.now().advanced(by: .zero - MonotonicTime.now.since(arrivedAt))
        let age = Duration.milliseconds(arrival.milliseconds - sentAt.milliseconds)
        guard age > .zero - Self.clockTolerance else {
            throw CommandProblem(.stale, "sent_at lies in the future; the sender's clock and the station's differ")
        }
        guard age < deadline else {
            throw CommandProblem(.stale, "it arrived \(Int(age / .milliseconds(1))) ms after it was sent, too late")
        }
        return request.deadline.map { min($0, $0 - age) }
    }

    /// For commands that say when they were sent and not how long they hold.
    private static let usualPatience = Duration.seconds(60)

    /// By so much the clocks of sender and station may differ.
    private static let clockTolerance = Duration.seconds(5)

    func answer(to request: CommandRequest, _ outcome: CommandAnswer.Outcome) -> CommandAnswer {
        CommandAnswer(
            station: announcer.station, boot: announcer.boot, command: request.name, id: request.id, at: .now(),
            outcome: outcome)
    }

    /// Obeys what came over MQTT and answers what is overdue; on the clerk's thread only.
    ///
    /// - Returns: when the next command will be overdue.
    func attendToCommands(at now: MonotonicTime) -> MonotonicTime? {
        while let publisher, let command = publisher.takeCommand() { obey(command, from: publisher) }
        return roster.lines.compactMap { $0.answerOverdue(at: now) }.min()
    }
}

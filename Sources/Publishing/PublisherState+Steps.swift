/// What is to be done next.
extension PublisherState {
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
        if caution.mustHold(at: now) { return .sleep(.milliseconds(50)) }
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

    func status(_ state: StationState, reason: String?, sequence: UInt64, at time: Timestamp) -> MQTTMessage {
        let lease = Lease(interval: leaseInterval, sequence: sequence, boot: settings.boot, at: time)
        let message = StatusMessage(
            station: settings.station, state: state, reason: reason, version: settings.version, lease: lease,
            lines: lines)
        return MQTTMessage(
            topic: settings.topics.status, payload: message.json(), qualityOfService: .atLeastOnce, isRetained: true)
    }
}

internal import Capture
internal import Foundation
internal import Health
internal import Inference
internal import Logging
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

extension Station {
    /// Answers one request of the control socket; a reload is answered when it is done.
    ///
    /// - Parameter line: the request as it came, for commands that have more to say than their name.
    func answer(_ request: ControlRequest, line: [UInt8], reply: @escaping @Sendable ([UInt8]) -> Void) {
        let arrivedAt = MonotonicTime.now
        switch request.command {
        case .inspect: obey(.inspect, reading: line, arrivedAt: arrivedAt, reply)
        case .mark: obey(.mark, reading: line, arrivedAt: arrivedAt, reply)
        case .prepareSet: obey(.prepareSet, reading: line, arrivedAt: arrivedAt, reply)
        case .activateSet: obey(.activateSet, reading: line, arrivedAt: arrivedAt, reply)
        case .rollBackSet: obey(.rollBackSet, reading: line, arrivedAt: arrivedAt, reply)
        case .discardMark: reply(discardMark(request.verdict, of: request.line))
        case .setHistory: reply(ControlSocket.bytes(setHistory(of: request.line)))
        case .collectSets:
            let isAccepted = steward.enqueue { [self] in reply(ControlSocket.bytes(SetCollection(collect(recent: 0)))) }
            if !isAccepted { reply(ControlSocket.bytes(ControlError("too much waits; try again later"))) }
        case .status: reply(ControlSocket.bytes(statusReport))
        case .snapshot: snapshot(of: request.line, reply: reply)
        case .health: reply(healthMessage.json())
        case .reload:
            let isAccepted = steward.enqueue { [self] in reply(ControlSocket.bytes(reload())) }
            if !isAccepted { reply(ControlSocket.bytes(ControlError("too many reloads wait; try again later"))) }
        }
    }

    private func obey(
        _ name: CommandName, reading line: [UInt8], arrivedAt: MonotonicTime,
        _ reply: @escaping @Sendable ([UInt8]) -> Void
    ) {
        do throws(CommandProblem) {
            let request = try CommandRequest(name, reading: line)
            obey(request, from: .socket, arrivedAt: arrivedAt) { reply($0.json()) }
        } catch {
            reply(answer(to: CommandRequest(name), .refused(error)).json())
        }
    }

    /// Has the settings read again; the outcome goes to the journal and to MQTT.
    package func requestReload() {
        if !steward.enqueue({ [self] in _ = reload() }) { parts.logger.warning("Reload dropped, too many wait") }
    }

    package var statusReport: StatusReport {
        let settings = started
        let counters = announcer.counters
        return StatusReport(
            station: settings.stationName, version: parts.version, boot: announcer.boot,
            state: (announcer.outboxFault == nil ? StationState(lines: lineStatuses) : .degraded).rawValue,
            uptime: (ContinuousClock.now - startedAt).inSeconds,
            residentBytes: ProcessFacts.residentBytes, workers: pool.progress.count,
            precision: precision.withLock { $0 },
            broker: StatusReport.Broker(
                enabled: settings.broker.isEnabled, address: "\(settings.broker.host):\(settings.broker.port)",
                connected: announcer.isConnected, queued: counters.queued, acknowledged: counters.acknowledged,
                dropped: counters.dropped, trouble: publisher?.trouble,
                outbox: announcer.outboxFault.map { "\($0)" }),
            lines: roster.lines.map(\.report))
    }

    private var precisionHealth: PrecisionHealth? {
        precision.withLock { statement in
            statement.map {
                PrecisionHealth(choice: $0.choice.rawValue, by: $0.by.rawValue, milliseconds: $0.milliseconds)
            }
        }
    }

    var healthMessage: HealthMessage {
        HealthMessage(
            station: announcer.station, boot: announcer.boot, at: .now(), uptime: ContinuousClock.now - startedAt,
            residentBytes: ProcessFacts.residentBytes, lines: roster.lines.map(\.health),
            publisher: announcer.counters, outboxFault: announcer.outboxFault?.code, precision: precisionHealth,
            temperatures: ProcessFacts.temperatures)
    }
}

extension Line {
    fileprivate var report: LineReport {
        let orders = orders
        let (state, reason) = wireState
        let set = orders.set.map { set in
            SetReport(
                name: set.identity.name, version: set.identity.version, digest: set.identity.digest,
                k: set.active.imageCount, threshold: set.threshold, since: set.since.text,
                precision: set.model.precision, tellsLightDrift: set.tellsLightDrift, by: set.by.rawValue,
                cannotJudge: set.cannotJudge)
        }
        return LineReport(
            name: name.description, state: state.rawValue, reason: reason, camera: orders.camera,
            method: orders.settings.method.rawValue, set: set, lastRefusal: lastRefusal?.reason, counts: counters,
            latency: stages, setting: orders.settings.supportSet, prepared: prepared?.label, previous: previous?.label,
            fetching: fetching?.set)
    }

    fileprivate var health: LineHealth {
        let counters = counters
        let faults = frameFaults
        return LineHealth(
            name, frames: counters.offered, skipped: counters.skipped, damaged: counters.lost,
            verdicts: counters.judged, noVerdicts: counters.noVerdict,
            noVerdictReasons: counters.noVerdictReasons,
            faults: [
                "flagged": faults.flagged, "short": faults.short, "oversized": faults.oversized,
                "garbled": faults.garbled, "doubtful_stamps": faults.doubtfulStamps,
                "repeated_numbers": faults.repeatedNumbers,
            ], latency: latency)
    }
}

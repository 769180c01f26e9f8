/// The answer to `status`: the station and its lines at one moment.
package struct StatusReport: Codable, Equatable, Sendable {
    package var ok = true
    package var station: String
    package var version: String
    package var boot: String
    package var state: String
    package var uptime: Double
    package var residentBytes: UInt64
    package var workers: Int

    /// Nil until it was found out, soon after the start.
    package var precision: PrecisionStatement?
    package var broker: Broker
    package var lines: [LineReport]

    package struct Broker: Codable, Equatable, Sendable {
        package var enabled: Bool
        package var address: String
        package var connected: Bool
        package var queued: Int
        package var acknowledged: UInt64
        package var dropped: UInt64

        /// Why there is no connection, or who else uses it; nil when all is well.
        package var trouble: String?

        /// Why what waits is not kept on disk; nil when it is.
        package var outbox: String?

        package init(
            enabled: Bool, address: String, connected: Bool, queued: Int, acknowledged: UInt64, dropped: UInt64,
            trouble: String? = nil, outbox: String? = nil
        ) {
            self.trouble = trouble
            self.enabled = enabled
            self.address = address
            self.connected = connected
            self.queued = queued
            self.acknowledged = acknowledged
            self.dropped = dropped
            self.outbox = outbox
        }
    }

    package init(
        station: String, version: String, boot: String, state: String, uptime: Double, residentBytes: UInt64,
        workers: Int, precision: PrecisionStatement?, broker: Broker, lines: [LineReport]
    ) {
        self.station = station
        self.version = version
        self.boot = boot
        self.state = state
        self.uptime = uptime
        self.residentBytes = residentBytes
        self.workers = workers
        self.precision = precision
        self.broker = broker
        self.lines = lines
    }

    private enum CodingKeys: String, CodingKey {
        case ok, station, version, boot, state, workers, precision, broker, lines
        case uptime = "uptime_s"
        case residentBytes = "resident_bytes"
    }
}

/// One line in a status report.
package struct LineReport: Codable, Equatable, Sendable {
    package var name: String
    package var state: String
    package var reason: String?
    package var camera: String
    package var method: String
    package var set: SetReport?

    /// Why the last set that was tried did not come into force.
    package var lastRefusal: String?
    package var counts: LineCounters

    /// Recent percentiles in milliseconds, by step.
    package var latency: [StageSummary]

    /// The set that the settings name, as they name it.
    package var setting: String?

    /// The set that waits for its activation, and the one that a rollback brings back: name@version.
    package var prepared: String?
    package var previous: String?

    /// The set that the settings name, while it is on its way from a server.
    package var fetching: String?

    package init(
        name: String, state: String, reason: String?, camera: String, method: String, set: SetReport?,
        lastRefusal: String?, counts: LineCounters, latency: [StageSummary], setting: String? = nil,
        prepared: String? = nil, previous: String? = nil, fetching: String? = nil
    ) {
        self.name = name
        self.state = state
        self.reason = reason
        self.camera = camera
        self.method = method
        self.set = set
        self.lastRefusal = lastRefusal
        self.counts = counts
        self.latency = latency
        self.setting = setting
        self.prepared = prepared
        self.previous = previous
        self.fetching = fetching
    }

    private enum CodingKeys: String, CodingKey {
        case name, state, reason, camera, method, set, counts, setting, prepared, previous, fetching
        case lastRefusal = "last_refusal"
        case latency = "latency_ms"
    }
}

/// The set in force in a status report.
package struct SetReport: Codable, Equatable, Sendable {
    package var name: String
    package var version: String
    package var digest: String
    package var k: Int
    package var threshold: Double?
    package var since: String

    /// What its line's networks compute in.
    package var precision: String

    /// Whether light that drifts away from the set's own can be told.
    package var tellsLightDrift: Bool

    /// What brought it into force: `settings`, `command`, `rollback` or `automatic_rollback`.
    package var by: String

    /// What it found of itself that it cannot judge; nil where that was not tried.
    package var cannotJudge: [String]?

    package init(
        name: String, version: String, digest: String, k: Int, threshold: Double?, since: String,
        precision: String, tellsLightDrift: Bool, by: String = "settings", cannotJudge: [String]? = nil
    ) {
        self.name = name
        self.version = version
        self.digest = digest
        self.k = k
        self.threshold = threshold
        self.since = since
        self.precision = precision
        self.tellsLightDrift = tellsLightDrift
        self.by = by
        self.cannotJudge = cannotJudge
    }

    private enum CodingKeys: String, CodingKey {
        case name, version, digest, k, threshold, since, precision, by
        case tellsLightDrift = "tells_light_drift"
        case cannotJudge = "cannot_judge"
    }
}

/// Counters and measures of the station (`assay.health/1`); retained, renewed now and then.
package struct HealthMessage: WireMessage, Equatable {
    package static let schema = "assay.health/1"

    package var station: String
    package var boot: String
    package var at: Timestamp
    package var uptime: Duration

    /// Resident memory of the daemon, in bytes.
    package var residentBytes: UInt64
    package var lines: [LineHealth]
    package var publisher: PublisherCounters

    /// A code that says why verdicts and events wait in memory; nil when they are kept on disk as they should.
    package var outboxFault: String?

    /// Nil until it was found out.
    package var precision: PrecisionHealth?

    /// Degrees Celsius by sensor name.
    package var temperatures: [String: Double]

    package init(
        station: String, boot: String, at: Timestamp, uptime: Duration, residentBytes: UInt64, lines: [LineHealth],
        publisher: PublisherCounters, outboxFault: String? = nil, precision: PrecisionHealth? = nil,
        temperatures: [String: Double] = [:]
    ) {
        self.station = station
        self.boot = boot
        self.at = at
        self.uptime = uptime
        self.residentBytes = residentBytes
        self.lines = lines
        self.publisher = publisher
        self.outboxFault = outboxFault
        self.precision = precision
        self.temperatures = temperatures
    }

    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("station", station)
        writer.member("boot", boot)
        writer.member("at", at.text)
        writer.member("uptime_s", uptime.inSeconds, decimals: 1)
        writer.member("memory") { $0.member("resident_bytes", residentBytes) }
        writer.member("lines", lines) { $1.write(to: &$0) }
        writer.member("publisher") { writer in
            writer.member("accepted", publisher.accepted)
            writer.member("acknowledged", publisher.acknowledged)
            writer.member("dropped", publisher.dropped)
            writer.member("queued", publisher.queued)
            writer.member("queued_bytes", publisher.queuedBytes)
            writer.member("connections", publisher.connections)
            writer.nullable("outbox_fault", outboxFault)
        }
        writer.nullable("precision", precision) { $1.write(to: &$0) }
        writer.member("temperatures_c") { writer in
            for (name, value) in temperatures.sorted(by: { $0.key < $1.key }) where value.isFinite {
                writer.member(name, value, decimals: 1)
            }
        }
    }
}

/// The counters of one line since the start, and its recent latency.
package struct LineHealth: Equatable, Sendable {
    package var name: String

    /// Frames that arrived from the camera.
    package var frames: UInt64

    /// Frames that a newer one replaced before a worker was free.
    package var skipped: UInt64

    /// Frames that the driver lost or marked as damaged.
    package var damaged: UInt64
    package var verdicts: UInt64

    /// The verdicts among them that are `no_verdict`.
    package var noVerdicts: UInt64

    /// How often each reason stood in one of them.
    package var noVerdictReasons: [String: UInt64]

    /// How often each thing was wrong with frames, by its name.
    package var faults: [String: UInt64]

    /// Capture to hand-over, over the most recent verdicts; absent before the first.
    package var latency: LatencyPercentiles?

    package init(
        _ line: LineName, frames: UInt64, skipped: UInt64, damaged: UInt64, verdicts: UInt64, noVerdicts: UInt64,
        noVerdictReasons: [String: UInt64] = [:], faults: [String: UInt64] = [:], latency: LatencyPercentiles?
    ) {
        name = line.description
        self.frames = frames
        self.skipped = skipped
        self.damaged = damaged
        self.verdicts = verdicts
        self.noVerdicts = noVerdicts
        self.noVerdictReasons = noVerdictReasons
        self.faults = faults
        self.latency = latency
    }

    private static func write(_ counts: [String: UInt64], to writer: inout JSONWriter) {
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { writer.member(name, count) }
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("frames", frames)
            writer.member("skipped", skipped)
            writer.member("damaged", damaged)
            writer.member("verdicts", verdicts)
            writer.member("no_verdicts", noVerdicts)
            writer.member("no_verdict_reasons") { Self.write(noVerdictReasons, to: &$0) }
            writer.member("faults") { Self.write(faults, to: &$0) }
            writer.nullable("latency_ms", latency) { writer, latency in
                writer.object { writer in
                    writer.member("p50", latency.median.milliseconds, decimals: 2)
                    writer.member("p95", latency.p95.milliseconds, decimals: 2)
                    writer.member("p99", latency.p99.milliseconds, decimals: 2)
                    writer.member("max", latency.longest.milliseconds, decimals: 2)
                }
            }
        }
    }
}

/// How long verdicts took lately.
package struct LatencyPercentiles: Equatable, Sendable {
    package var median: Duration
    package var p95: Duration
    package var p99: Duration
    package var longest: Duration

    package init(median: Duration, p95: Duration, p99: Duration, longest: Duration) {
        self.median = median
        self.p95 = p95
        self.p99 = p99
        self.longest = longest
    }
}

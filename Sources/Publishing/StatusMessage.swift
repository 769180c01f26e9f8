/// Whether the station is there and what its lines do (`assay.status/1`); retained, and the form of the will.
package struct StatusMessage: WireMessage, Equatable, Decodable {
    package static let schema = "assay.status/1"

    package var station: String
    package var state: StationState

    /// A code that says why the station is not online.
    package var reason: String?
    package var version: String
    package var lease: Lease
    package var lines: [LineStatus]

    package init(
        station: String, state: StationState, reason: String? = nil, version: String, lease: Lease, lines: [LineStatus]
    ) {
        self.station = station
        self.state = state
        self.reason = reason
        self.version = version
        self.lease = lease
        self.lines = lines
    }

    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("station", station)
        writer.member("state", state.rawValue)
        writer.nullable("reason", reason)
        writer.member("version", version)
        writer.member("lease") { writer in
            writer.member("interval_s", lease.interval, decimals: 3)
            writer.member("seq", lease.sequence)
            writer.member("boot", lease.boot)
            writer.member("at", lease.at)
        }
        writer.member("lines", lines) { writer, line in
            writer.object { writer in
                writer.member("name", line.name)
                writer.member("state", line.state.rawValue)
                writer.nullable("reason", line.reason)
            }
        }
    }
}

/// What a station says of itself.
package enum StationState: String, Sendable, Codable, CaseIterable {
    case online
    case degraded
    case offline

    /// `degraded` as soon as one line cannot do its work.
    package init(lines: [LineStatus]) {
        self = lines.contains { $0.state == .waiting } ? .degraded : .online
    }
}

/// Until when a status may be believed: one that is not renewed within a few intervals is stale, retained or not.
package struct Lease: Equatable, Sendable, Decodable {
    /// Seconds between renewals.
    package var interval: Double

    /// Counts the statuses of one run, from 1.
    package var sequence: UInt64
    package var boot: String
    package var at: String

    package init(interval: Duration, sequence: UInt64, boot: String, at: Timestamp) {
        self.interval = interval.inSeconds
        self.sequence = sequence
        self.boot = boot
        self.at = at.text
    }

    private enum CodingKeys: String, CodingKey {
        case interval = "interval_s"
        case sequence = "seq"
        case boot, at
    }
}

/// What one line does.
package struct LineStatus: Equatable, Sendable, Decodable {
    package var name: String
    package var state: LineState

    /// A code that says why the line is neither armed nor judging.
    package var reason: String?

    package init(_ line: LineName, _ state: LineState, reason: String? = nil) {
        name = line.description
        self.state = state
        self.reason = reason
    }
}

/// The states of a line.
package enum LineState: String, Sendable, Codable, CaseIterable {
    /// The model, the set or the camera are not ready yet.
    case starting

    /// Ready, and waiting for a trigger.
    case armed
    case judging

    /// Cannot judge, says why, and tries again by itself.
    case waiting

    /// Switched off in the settings.
    case disabled
}

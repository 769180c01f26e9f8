/// Which support set a line judges by (`assay.support-set/1`); retained.
package struct SupportSetMessage: WireMessage, Equatable {
    package static let schema = "assay.support-set/1"

    package var station: String
    package var line: LineName
    package var at: Timestamp
    package var active: ActiveSupportSet?

    /// A set that is checked and ready to take over.
    package var prepared: PreparedSupportSet?

    /// The set that a rollback brings back.
    package var previous: SupportSetReference?
    package var lastRefusal: SupportSetRefusal?

    package init(
        station: String, line: LineName, at: Timestamp, active: ActiveSupportSet?, prepared: PreparedSupportSet? = nil,
        previous: SupportSetReference? = nil, lastRefusal: SupportSetRefusal? = nil
    ) {
        self.station = station
        self.line = line
        self.at = at
        self.active = active
        self.prepared = prepared
        self.previous = previous
        self.lastRefusal = lastRefusal
    }

    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("station", station)
        writer.member("line", line.description)
        writer.member("at", at.text)
        writer.nullable("active", active) { writer, active in
            writer.object { writer in
                writer.member("name", active.set.name)
                writer.member("version", active.set.version)
                writer.member("digest", active.set.digest)
                writer.member("k", active.imageCount)
                writer.nullable("threshold", active.threshold)
                writer.member("since", active.since.text)
                writer.member("by", active.by.rawValue)
            }
        }
        writer.nullable("prepared", prepared) { writer, prepared in
            writer.object { writer in
                writer.member("name", prepared.set.name)
                writer.member("version", prepared.set.version)
                writer.member("digest", prepared.set.digest)
                writer.member("k", prepared.imageCount)
                writer.member("since", prepared.since.text)
            }
        }
        writer.nullable("previous", previous) { $1.write(to: &$0) }
        writer.nullable("last_refusal", lastRefusal) { writer, refusal in
            writer.object { writer in
                writer.member("at", refusal.at.text)
                writer.member("reason", refusal.reason)
            }
        }
    }
}

/// The set in force.
package struct ActiveSupportSet: Equatable, Sendable {
    package var set: SupportSetReference

    /// k, the number of support images.
    package var imageCount: Int
    package var threshold: Double?
    package var since: Timestamp
    package var by: SetCause

    package init(
        set: SupportSetReference, imageCount: Int, threshold: Double?, since: Timestamp, by: SetCause = .settings
    ) {
        self.set = set
        self.imageCount = imageCount
        self.threshold = threshold
        self.since = since
        self.by = by
    }
}

/// A set that waits for its activation.
package struct PreparedSupportSet: Equatable, Sendable {
    package var set: SupportSetReference
    package var imageCount: Int
    package var since: Timestamp

    package init(set: SupportSetReference, imageCount: Int, since: Timestamp) {
        self.set = set
        self.imageCount = imageCount
        self.since = since
    }
}

/// Why a set was not accepted, and when.
package struct SupportSetRefusal: Equatable, Sendable {
    package var at: Timestamp

    /// A sentence with what, where and what to do.
    package var reason: String

    package init(at: Timestamp, reason: String) {
        self.at = at
        self.reason = reason
    }
}

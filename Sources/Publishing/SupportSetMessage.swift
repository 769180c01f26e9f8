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

    /// The set that the settings name and that is on its way from a server.
    package var fetching: SupportSetFetching?

    package init(
        station: String, line: LineName, at: Timestamp, active: ActiveSupportSet?, prepared: PreparedSupportSet? = nil,
        previous: SupportSetReference? = nil, lastRefusal: SupportSetRefusal? = nil,
        fetching: SupportSetFetching? = nil
    ) {
        self.station = station
        self.line = line
        self.at = at
        self.active = active
        self.prepared = prepared
        self.previous = previous
        self.lastRefusal = lastRefusal
        self.fetching = fetching
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
                writer.nullable("cannot_judge", active.cannotJudge) { $0.array($1) { $0.value($1) } }
            }
        }
        writer.nullable("prepared", prepared) { writer, prepared in
            writer.object { writer in
                writer.member("name", prepared.set.name)
                writer.member("version", prepared.set.version)
                writer.member("digest", prepared.set.digest)
                writer.member("k", prepared.imageCount)
                writer.member("since", prepared.since.text)
                writer.nullable("cannot_judge", prepared.cannotJudge) { $0.array($1) { $0.value($1) } }
            }
        }
        writer.nullable("previous", previous) { $1.write(to: &$0) }
        writer.nullable("last_refusal", lastRefusal) { writer, refusal in
            writer.object { writer in
                writer.member("at", refusal.at.text)
                writer.member("reason", refusal.reason)
            }
        }
        writer.nullable("fetching", fetching) { writer, fetching in
            writer.object { writer in
                writer.member("set", fetching.set)
                writer.member("since", fetching.since.text)
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

    /// What the set found of itself that it cannot judge, in plain English; nil where that was not tried.
    package var cannotJudge: [String]?

    package init(
        set: SupportSetReference, imageCount: Int, threshold: Double?, since: Timestamp, by: SetCause = .settings,
        cannotJudge: [String]? = nil
    ) {
        self.set = set
        self.imageCount = imageCount
        self.threshold = threshold
        self.since = since
        self.by = by
        self.cannotJudge = cannotJudge
    }
}

/// A set that waits for its activation.
package struct PreparedSupportSet: Equatable, Sendable {
    package var set: SupportSetReference
    package var imageCount: Int
    package var since: Timestamp

    /// As of the set in force.
    package var cannotJudge: [String]?

    package init(set: SupportSetReference, imageCount: Int, since: Timestamp, cannotJudge: [String]? = nil) {
        self.set = set
        self.imageCount = imageCount
        self.since = since
        self.cannotJudge = cannotJudge
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

/// Where a verdict comes from and what it rests on; everything that the judgement itself does not know.
package struct VerdictOrigin: Equatable, Sendable {
    package var station: String
    package var line: LineName

    /// Identifies one run of the daemon; its identity changes with each start.
    package var boot: String

    /// The camera's stable identity.
    package var camera: String
    package var trigger: Trigger

    /// The moment that the frame had to follow; absent where the frame itself was the reason to look.
    package var triggeredAt: Timestamp?

    /// What came with the trigger, unchanged.
    package var metadata: JSONText?

    /// Absent when no frame could be had.
    package var frame: FrameStamp?
    package var supportSet: SupportSetReference?
    package var model: ModelReference?

    package init(
        station: String, line: LineName, boot: String, camera: String, trigger: Trigger,
        triggeredAt: Timestamp? = nil, metadata: JSONText? = nil, frame: FrameStamp?, supportSet: SupportSetReference?,
        model: ModelReference?
    ) {
        self.station = station
        self.line = line
        self.boot = boot
        self.camera = camera
        self.trigger = trigger
        self.triggeredAt = triggeredAt
        self.metadata = metadata
        self.frame = frame
        self.supportSet = supportSet
        self.model = model
    }
}

/// What made the line look.
package enum Trigger: String, Sendable, Codable, CaseIterable {
    case freeRun = "free-run"
    case timer
    case command
    case camera
}

/// The support set in force for a verdict.
package struct SupportSetReference: Equatable, Sendable, Codable {
    package var name: String
    package var version: String

    /// SHA-256 of the set's manifest, 64 hexadecimal digits.
    package var digest: String

    package init(name: String, version: String, digest: String) {
        self.name = name
        self.version = version
        self.digest = digest
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("version", version)
            writer.member("digest", digest)
        }
    }
}

/// The model in force for a verdict.
package struct ModelReference: Equatable, Sendable, Codable {
    package var name: String
    package var digest: String

    /// `int8`, `bf16` or `fp32`.
    package var precision: String

    package init(name: String, digest: String, precision: String) {
        self.name = name
        self.digest = digest
        self.precision = precision
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("digest", digest)
            writer.member("precision", precision)
        }
    }
}

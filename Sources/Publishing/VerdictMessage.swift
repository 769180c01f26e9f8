internal import Imaging
package import Verdicts

/// One inspection, as every subscriber sees it (`assay.verdict/1`).
package struct VerdictMessage: SequencedMessage, Equatable {
    package static let schema = "assay.verdict/1"

    package var id: String
    package var boot: String
    package var delivery: Delivery
    package var station: String
    package var line: String
    package var camera: String
    package var trigger: Trigger

    /// RFC 3339; the moment that the frame had to follow.
    package var triggeredAt: String?
    package var metadata: JSONText?
    package var frame: FrameStamp?
    package var decision: Decision
    package var reasons: [ReasonCode]
    package var score: Double?
    package var threshold: Double?

    /// The lower and the upper end.
    package var guardBand: [Double]?
    package var pValue: Double?
    package var supportSet: SupportSetReference?
    package var nearestSupport: String?
    package var model: ModelReference?
    package var objects: ObjectCounts
    package var findings: [WireFinding]
    package var timings: VerdictTimings

    /// How many objects there were, and how many there should be.
    package struct ObjectCounts: Equatable, Sendable, Decodable {
        package var seen: Int
        package var expected: Int
    }

    /// The message of one judgement.
    ///
    /// - Parameters:
    ///   - masks: whether findings carry their masks, scaled to the frame.
    ///   - delivery: what a message says that no outgoing queue numbers; the queue writes its own.
    package init(
        _ assessment: Assessment, id: UUIDv7, origin: VerdictOrigin, timings: VerdictTimings, masks: Bool = true,
        delivery: Delivery = Delivery(sequence: 1)
    ) {
        self.id = id.text
        boot = origin.boot
        self.delivery = delivery
        station = origin.station
        line = origin.line.description
        camera = origin.camera
        trigger = origin.trigger
        triggeredAt = origin.triggeredAt?.text
        metadata = origin.metadata
        frame = origin.frame
        decision = assessment.decision
        reasons = assessment.reasons
        score = assessment.score.map(Double.init)
        threshold = assessment.limits.map { Double($0.threshold) }
        guardBand = assessment.limits.map { [Double($0.guardBand.lowerBound), Double($0.guardBand.upperBound)] }
        pValue = assessment.pValue.map(Double.init)
        supportSet = origin.supportSet
        nearestSupport = assessment.nearestSupport
        model = origin.model
        objects = ObjectCounts(seen: assessment.objectsSeen, expected: assessment.objectsExpected)
        let frameSize = masks ? origin.frame.map { PixelSize(width: $0.width, height: $0.height) } : nil
        findings = assessment.findings.map { WireFinding($0, masksOn: frameSize) }
        self.timings = timings
    }

    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("station", station)
        writer.member("line", line)
        writer.member("camera", camera)
        writer.member("trigger", trigger.rawValue)
        writer.optional("triggered_at", triggeredAt)
        writer.optional("metadata", metadata) { $0.value($1) }
        writer.nullable("frame", frame) { $1.write(to: &$0) }
        writer.member("decision", decision.rawValue)
        writer.member("reasons", reasons) { $0.value($1.rawValue) }
        writer.nullable("score", score)
        writer.nullable("threshold", threshold)
        writer.nullable("guard_band", guardBand) { $0.array($1) { $0.value($1) } }
        writer.nullable("p_value", pValue)
        writer.nullable("support_set", supportSet) { $1.write(to: &$0) }
        writer.nullable("nearest_support", nearestSupport)
        writer.nullable("model", model) { $1.write(to: &$0) }
        writer.member("objects") { writer in
            writer.member("seen", objects.seen)
            writer.member("expected", objects.expected)
        }
        writer.member("findings", findings) { $1.write(to: &$0) }
        writer.key("timing_ms")
        timings.write(to: &writer)
    }
}

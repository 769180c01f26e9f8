internal import Assessment
internal import Capture
internal import Publishing
internal import Verdicts

/// The answer to one taken frame, ready to be handed on, with what its making cost.
struct LineVerdict: Sendable {
    /// As the first trigger has it.
    let message: VerdictMessage

    /// The triggers that it answers.
    let occasions: [Occasion]

    /// What was measured where a reason rests on it.
    let remark: String?
    let stages: StageTimings
    let published: Duration
    let total: Duration

    /// - Parameters:
    ///   - assessment: with findings in frame pixels.
    ///   - stamp: nil when the frame's size was never known.
    ///   - judgedAt: when the judgement was there; what follows counts as publishing.
    init(
        _ assessment: Assessment, of facts: FrameFacts, stamp: FrameStamp?, line: LineName, announcer: Announcer,
        judgedAt: MonotonicTime
    ) {
        let orders = facts.orders
        let origin = VerdictOrigin(
            station: announcer.station, line: line, boot: announcer.boot, camera: orders.camera,
            trigger: facts.occasions.first?.trigger ?? .freeRun, frame: stamp, supportSet: orders.set?.reference,
            model: orders.set?.model)
        let none = VerdictTimings(assessment.timings, waited: facts.waited, published: .zero, total: .zero)
        var message = VerdictMessage(assessment, id: UUIDv7(time: .now()), origin: origin, timings: none)
        let now = MonotonicTime.now
        remark = assessment.remark
        stages = assessment.timings
        published = now.since(judgedAt)
        total = now.since(facts.capturedAt)
        message.timings = VerdictTimings(
            assessment.timings, waited: facts.waited, published: published, total: total)
        self.message = message
        occasions = facts.occasions
    }

    /// The verdict as it answers one trigger.
    ///
    /// - Parameter isFirst: the first one keeps the message's identity, each other has one of its own.
    func message(for occasion: Occasion, isFirst: Bool) -> VerdictMessage {
        var message = message
        if !isFirst { message.id = UUIDv7(time: .now()).text }
        message.trigger = occasion.trigger
        message.metadata = occasion.order?.metadata
        let age = occasion.at.map { max(.zero, MonotonicTime.now.since($0)) }
        message.triggeredAt = age.map { Timestamp.now().advanced(by: .zero - $0).text }
        message.timings.fromTrigger = age?.milliseconds
        return message
    }

    /// The answer to a frame that could not be judged.
    static func none(
        _ reason: ReasonCode, of facts: FrameFacts, stamp: FrameStamp?, line: LineName, announcer: Announcer
    ) -> LineVerdict {
        LineVerdict(
            Assessment(decision: .noVerdict, reasons: [reason]), of: facts, stamp: stamp, line: line,
            announcer: announcer, judgedAt: .now)
    }
}

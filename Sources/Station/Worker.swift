internal import Assessment
internal import Capture
internal import Imaging
internal import Inference
internal import Logging
internal import Publishing
internal import Settings
internal import Synchronization
internal import Verdicts

/// One judging thread: takes a frame, judges it, hands the verdict on.
final class Worker: Sendable {
    let number: Int
    let hand = WorkerHand()
    private let announcer: Announcer
    private let overlay: FindingOverlay

    init(number: Int, announcer: Announcer, overlay: FindingOverlay) {
        self.number = number
        self.announcer = announcer
        self.overlay = overlay
    }

    /// Works until `isStopping`, or until it was given up. `bell` rings once a frame.
    func run(_ roster: Roster, bell: Doorbell, isStopping: () -> Bool) {
        var picture = Image(width: 1, height: 1, pixels: [0, 0, 0])
        var decoder = FrameDecoder()
        while !isStopping(), !hand.isAbandoned {
            _ = bell.wait(timeout: roster.nextDue(after: .now))
            guard !isStopping(), let taken = roster.take(now: .now) else { continue }
            judge(taken, into: &picture, with: &decoder)
        }
    }

    /// Answers one frame. `picture` lends its memory.
    func judge(_ taken: consuming TakenFrame, into picture: inout Image, with decoder: inout FrameDecoder) {
        let line = taken.line
        let facts = taken.facts
        let known = taken.frame.layout
        let format = taken.frame.formatName
        let orientation = Orientation(facts.orders.settings.orientation)
        let stamp = known.map { layout in
            let size = orientation.size(of: layout.size)
            return facts.stamp(width: size.width, height: size.height, format: format)
        }
        hand.hold(WorkerHand.Held(line: line, facts: facts, stamp: stamp))

        if facts.orders.mayBeStale, facts.waited > facts.orders.settings.deadline {
            return answer(.staleFrame, facts, stamp, line)
        }
        if facts.orders.settings.image.frozenAfter > .zero, line.isFrozen(taken.frame.fingerprint(), facts) {
            return answer(.frozenImage, facts, stamp, line)
        }
        do throws(ImagingError) {
            try taken.frame.decode(into: &picture, with: &decoder, orientation)
        } catch {
            return answer(.badFrame, facts, stamp, line)
        }
        _ = consume taken  // The driver gets its buffer back before the judgement begins.
        let size = picture.size
        let whole = facts.stamp(width: size.width, height: size.height, format: format)
        hand.note(whole)
        guard let set = facts.orders.set else { return answer(.noSupportSet, facts, whole, line) }
        if facts.orders.controlsDiffer { return answer(.controlsDiffer, facts, whole, line) }

        let region = facts.orders.settings.region.map {
            PixelBox(x: $0.x, y: $0.y, width: $0.width, height: $0.height)
        }
        let part: Image
        do throws(ImagingError) {
            part = try facts.orders.settings.judgedPart(of: picture)
        } catch {
            return answer(.frameSizeDiffers, facts, whole, line)
        }
        let decoded = MonotonicTime.now.since(facts.takenAt)
        var assessment: Assessment
        do throws(InferenceError) {
            assessment = try set.assessor.assess(
                part, lightLimits: LightLimits(facts.orders.settings.image), by: ContinuousClock.now + facts.timeLeft)
        } catch .busy {
            return answer(.overload, facts, whole, line)
        } catch {
            announcer.logger.debug("Frame not judged", metadata: ["line": "\(line.name)", "error": "\(error)"])
            return answer(.modelFailed, facts, whole, line)
        }
        let judgedAt = MonotonicTime.now
        if facts.isLate(at: judgedAt) { return answer(.modelTimeout, facts, whole, line) }
        assessment.timings.decoded = decoded
        if let region { assessment = assessment.moved(from: region, to: size) }
        let verdict = LineVerdict(
            assessment, of: facts, stamp: whole, line: line.name, announcer: announcer, judgedAt: judgedAt)
        guard hand.release() else { return }
        let isKept = line.recent.keep(part, with: verdict.message)
        line.answer(facts, with: verdict)
        // Where the whole picture is judged, its memory stays with the kept one.
        defer { if isKept, region == nil { picture = Image(width: 1, height: 1, pixels: [0, 0, 0]) } }
        publishOverlay(of: assessment, on: picture, line: line, policy: facts.orders.settings.overlay)
    }

    private func answer(_ reason: ReasonCode, _ facts: FrameFacts, _ stamp: FrameStamp?, _ line: Line) {
        let verdict = LineVerdict.none(reason, of: facts, stamp: stamp, line: line.name, announcer: announcer)
        guard hand.release() else { return }
        line.answer(facts, with: verdict)
    }

    private func publishOverlay(of assessment: Assessment, on picture: Image, line: Line, policy: OverlayPolicy) {
        switch policy {
        case .never: return
        case .fail: if assessment.decision != .fail { return }
        case .always: break
        }
        guard announcer.isConnected else { return }
        do throws(ImagingError) {
            line.publishOverlay(try overlay.draw(assessment, on: picture).jpeg(quality: 85))
        } catch {
            announcer.logger.debug("Overlay not drawn", metadata: ["line": "\(line.name)", "error": "\(error)"])
        }
    }
}

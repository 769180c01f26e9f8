import Imaging
import Publishing
import Verdicts

/// Messages of every kind, as a station might send them.
enum Specimens {
    static let boot = "0190163d-0000-7000-8000-000000000001"
    static let digest = String(repeating: "3f", count: 32)
    static let moment = Timestamp(seconds: 1_772_368_201, nanoseconds: 220_000_000)

    static var supportSet: SupportSetReference { SupportSetReference(name: "tray", version: "3", digest: digest) }

    static func origin(line: LineName, frame: FrameStamp?) -> VerdictOrigin {
        VerdictOrigin(
            station: "press-4", line: line, boot: boot, camera: "replay:images", trigger: .freeRun,
            metadata: JSONText(.object(["order": "A-7", "count": 3])), frame: frame, supportSet: supportSet,
            model: ModelReference(name: "default", digest: digest, precision: "int8"))
    }

    static let frame = FrameStamp(
        sequence: 1207, capturedAt: moment, width: 512, height: 512, format: "png", lostBefore: 2)

    static func timings() -> VerdictTimings {
        var stages = StageTimings()
        stages.decoded = .microseconds(3100)
        stages.features = .microseconds(14_200)
        return VerdictTimings(
            stages, waited: .microseconds(1200), published: .microseconds(300), total: .microseconds(38_000))
    }

    /// A finding of each kind, with everything that it may carry.
    static func findings(count: Int) -> [Finding] {
        (0..<count).map { index in
            let kind = FindingKind.allCases[index % FindingKind.allCases.count]
            let box = PixelBox(x: 3 + index, y: 5, width: 60, height: 40)
            // A disc with a hole.
            let bits = (0..<box.area).map { place in
                let distance = (place % 60 - 30) * (place % 60 - 30) + (place / 60 - 20) * (place / 60 - 20)
                return UInt8((40...400).contains(distance) ? 1 : 0)
            }
            return Finding(
                kind: kind, label: index == 0 ? "red \"pin\"" : nil, box: kind == .missing ? nil : box,
                expectedBox: kind == .missing || kind == .moved ? box : nil,
                mask: Mask(grid: PixelSize(width: 128, height: 128), box: box, bits: bits),
                supportObject: SupportObjectReference(image: "good-002.png", object: index), cost: 2.25,
                parts: CostParts(appearance: 0.91, colour: 0.1, context: 0, area: 0.4, shape: .nan, position: nil),
                share: 0.05, sentence: "The red pin in row \(index) is \(kind.rawValue).")
        }
    }

    static func fail(findingCount: Int = 5) -> Assessment {
        Assessment(
            decision: .fail, score: 3.1, limits: Limits(threshold: 1, guardBand: 0.95...1.05), pValue: nil,
            nearestSupport: "good-002.png", objectsSeen: 11, objectsExpected: 12,
            findings: findings(count: findingCount))
    }

    static func verdict(_ line: LineName, _ assessment: Assessment = fail(), frame: FrameStamp? = frame)
        -> VerdictMessage
    {
        VerdictMessage(
            assessment, id: UUIDv7(time: moment), origin: origin(line: line, frame: frame), timings: timings())
    }

    static func event(_ code: String = "camera_lost", line: LineName? = nil) -> EventMessage {
        EventMessage(
            id: UUIDv7(time: moment), boot: boot, station: "press-4", code: code, severity: .warning, line: line,
            text: "The camera does not answer.", at: moment, data: ["device": "/dev/video0", "attempt": 2])
    }

    static func supportSetMessage(_ line: LineName) -> SupportSetMessage {
        SupportSetMessage(
            station: "press-4", line: line, at: moment,
            active: ActiveSupportSet(
                set: supportSet, imageCount: 4, threshold: 1, since: moment,
                cannotJudge: ["a stain: noticed in 3 of 16 pictures, so the set does not see this"]),
            prepared: PreparedSupportSet(set: supportSet, imageCount: 5, since: moment),
            lastRefusal: SupportSetRefusal(at: moment, reason: "images/a.png: the digest differs; copy the set again"),
            fetching: SupportSetFetching(set: "https://sets.example/tray-4.assayset#4a4a", since: moment))
    }

    static func camera(_ line: LineName) -> CameraMessage {
        CameraMessage(
            station: "press-4", line: line, at: moment,
            identity: CameraIdentity(kind: .replay, id: "images", name: "replay"), state: .streaming,
            format: CameraFormat(pixels: "png", width: 512, height: 512, rate: 5),
            controls: ["gain": 20, "exposure": -4])
    }

    static func health(_ line: LineName) -> HealthMessage {
        let latency = LatencyPercentiles(
            median: .milliseconds(38), p95: .milliseconds(44), p99: .milliseconds(51), longest: .milliseconds(60))
        return HealthMessage(
            station: "press-4", boot: boot, at: moment, uptime: .seconds(5400), residentBytes: 181_403_648,
            lines: [
                LineHealth(line, frames: 10, skipped: 1, damaged: 0, verdicts: 9, noVerdicts: 0, latency: latency),
                LineHealth(line, frames: 0, skipped: 0, damaged: 0, verdicts: 0, noVerdicts: 0, latency: nil),
            ], publisher: PublisherCounters(),
            precision: PrecisionHealth(choice: "int8", by: "measurement", milliseconds: ["int8": 20.14, "fp32": .nan]),
            temperatures: ["package": 54.46, "broken": .nan])
    }

    static func status(_ line: LineName) -> StatusMessage {
        StatusMessage(
            station: "press-4", state: .degraded, version: "0.1.0",
            lease: Lease(interval: .milliseconds(2500), sequence: 4, boot: boot, at: moment),
            lines: [LineStatus(line, .judging), LineStatus(line, .waiting, reason: "camera_lost")])
    }
}

package import Imaging

/// What the station says of one frame.
package enum Decision: String, Sendable, Codable, CaseIterable {
    case pass
    case fail
    case inconclusive
    case noVerdict = "no_verdict"
}

/// Why a decision is what it is, when it does not rest on the findings alone.
package enum ReasonCode: String, Sendable, Codable, CaseIterable {
    case staleFrame = "stale_frame"
    case cameraLost = "camera_lost"
    case badFrame = "bad_frame"
    case frozenImage = "frozen_image"
    case blackImage = "black_image"
    case blownOutImage = "blown_out_image"
    case modelTimeout = "model_timeout"
    case modelFailed = "model_failed"
    case noSupportSet = "no_support_set"
    case frameSizeDiffers = "frame_size_differs"
    case controlsDiffer = "controls_differ"
    case lightDrift = "light_drift"
    case scoreInGuardBand = "score_in_guard_band"
    case overload = "overload"
    case noFrame = "no_frame"
}

/// What is wrong with an object.
package enum FindingKind: String, Sendable, Codable, CaseIterable {
    case missing
    case extra
    case changed
    case moved
    case surface
}

/// The parts of a cost, each in 0...1 for the method `assay`; absent where the method has none.
package struct CostParts: Equatable, Sendable, Codable {
    package var appearance: Float?
    package var colour: Float?
    package var context: Float?
    package var area: Float?
    package var shape: Float?
    package var position: Float?

    package init(
        appearance: Float? = nil, colour: Float? = nil, context: Float? = nil, area: Float? = nil,
        shape: Float? = nil, position: Float? = nil
    ) {
        self.appearance = appearance
        self.colour = colour
        self.context = context
        self.area = area
        self.shape = shape
        self.position = position
    }
}

/// One object of one support image.
package struct SupportObjectReference: Equatable, Sendable, Codable {
    /// The support image's identity (its file name in the set).
    package let image: String

    /// The index of the object in that image's composition.
    package let object: Int

    /// The object's id as enrolment draws it, where corrections changed it: "3+4".
    package let id: String?

    package init(image: String, object: Int, id: String? = nil) {
        self.image = image
        self.object = object
        self.id = id
    }
}

/// One thing that differs from the support set; coordinates are frame pixels.
package struct Finding: Equatable, Sendable {
    package var kind: FindingKind
    package var label: String?

    /// Where it is in the frame; absent for a missing object.
    package var box: PixelBox?

    /// Where it should be; present for missing and moved objects.
    package var expectedBox: PixelBox?

    /// The pixels of the object or region, on a grid over the frame.
    package var mask: Mask?
    package var supportObject: SupportObjectReference?
    package var cost: Float
    package var parts: CostParts

    /// The part of the score that this finding brings, 0...1; all findings together give at most 1.
    package var share: Float
    package var sentence: String

    package init(
        kind: FindingKind, label: String? = nil, box: PixelBox? = nil, expectedBox: PixelBox? = nil, mask: Mask? = nil,
        supportObject: SupportObjectReference? = nil, cost: Float, parts: CostParts = CostParts(), share: Float = 0,
        sentence: String = ""
    ) {
        self.kind = kind
        self.label = label
        self.box = box
        self.expectedBox = expectedBox
        self.mask = mask
        self.supportObject = supportObject
        self.cost = cost
        self.parts = parts
        self.share = share
        self.sentence = sentence
    }
}

/// Scores at or above `threshold` fail; those inside the guard band around it are inconclusive.
package struct Limits: Equatable, Sendable, Codable {
    package var threshold: Float
    package var guardBand: ClosedRange<Float>

    package init(threshold: Float, guardBand: ClosedRange<Float>) {
        self.threshold = threshold
        self.guardBand = guardBand
    }
}

/// How long each step of a judgement took.
package struct StageTimings: Equatable, Sendable {
    package var decoded: Duration = .zero
    package var features: Duration = .zero
    package var objects: Duration = .zero
    package var hierarchy: Duration = .zero
    package var matched: Duration = .zero

    package init() {}
}

/// The whole judgement of one image.
package struct Assessment: Sendable {
    package var decision: Decision
    package var reasons: [ReasonCode]

    /// What was measured where a reason rests on it, in plain English.
    package var remark: String?

    /// Absent when the frame could not be judged.
    package var score: Float?
    package var limits: Limits?

    /// Conformal p-value from good images only; absent below 20 of them.
    package var pValue: Float?

    /// The support image that explains this one best.
    package var nearestSupport: String?
    package var objectsSeen: Int
    package var objectsExpected: Int

    /// Worst first.
    package var findings: [Finding]

    /// How unusual every pixel of the frame is; only where it was asked for.
    package var map: AnomalyMap?
    package var timings: StageTimings

    package init(
        decision: Decision, reasons: [ReasonCode] = [], remark: String? = nil, score: Float? = nil,
        limits: Limits? = nil,
        pValue: Float? = nil, nearestSupport: String? = nil, objectsSeen: Int = 0, objectsExpected: Int = 0,
        findings: [Finding] = [], timings: StageTimings = StageTimings()
    ) {
        self.decision = decision
        self.reasons = reasons
        self.remark = remark
        self.score = score
        self.limits = limits
        self.pValue = pValue
        self.nearestSupport = nearestSupport
        self.objectsSeen = objectsSeen
        self.objectsExpected = objectsExpected
        self.findings = findings
        self.timings = timings
    }
}

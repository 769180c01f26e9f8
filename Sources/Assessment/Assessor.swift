package import Imaging
package import Inference
package import Matching
package import SupportSets
package import Verdicts

/// Why a model and a support set do not go together.
package enum AssessmentError: Error, Equatable, CustomStringConvertible {
    case modelDiffers(set: ModelIdentity, running: ModelIdentity)
    case methodNotCalibrated(Method)
    case unusable(MatchingError)

    package var description: String {
        switch self {
        case .modelDiffers(let set, let running) where set.digest == running.digest:
            """
            the set was enrolled in \(set.precision) but the model runs in \(running.precision), where its threshold does \
            not hold; leave `precision` to auto, or enrol the set anew in \(running.precision)
            """
        case .modelDiffers(let set, let running):
            """
            the set was enrolled with model \(set.name) (\(set.precision), \(set.digest.prefix(12))) but the station \
            runs \(running.name) (\(running.precision), \(running.digest.prefix(12))); enrol the set anew with this model
            """
        case .methodNotCalibrated(let method):
            "the set holds no calibration for the method \(method.rawValue); enrol it anew"
        case .unusable(let error): "the set cannot be matched: \(error); enrol it anew"
        }
    }
}

/// Judges images against one support set. The daemon, `assayctl inspect`, enrolment and evaluation all call this
/// and nothing else.
///
/// A value of fixed content: several threads may use one at the same time.
package struct Assessor: Sendable {
    package let set: SupportSet
    package let method: Method
    private let model: any PerceptionModel
    private let judge: SceneJudge
    private let calibration: MethodCalibration
    private let light: LightCheck

    /// - Parameter switches: those under which the set was made.
    package init(
        model: any PerceptionModel, set: SupportSet, method: Method, switches: JudgementSwitches = .standard
    ) throws(AssessmentError) {
        guard model.identity == set.manifest.model else {
            throw .modelDiffers(set: set.manifest.model, running: model.identity)
        }
        guard let calibration = set.manifest.calibration.methods[method.rawValue] else {
            throw .methodNotCalibrated(method)
        }
        self.model = model
        self.set = set
        self.method = method
        self.calibration = calibration
        self.light = LightCheck(profile: set.manifest.light)
        do {
            judge = try SceneJudge(set: set, method: method, switches: switches)
        } catch {
            throw .unusable(error)
        }
    }

    /// The whole judgement of one image.
    ///
    /// - Parameters:
    ///   - lightLimits: how far the picture's light may lie beyond that of the set's own images.
    ///   - deadline: `busy` is thrown when the model has no time for the image until then; nil for no haste.
    package func assess(
        _ image: Image, lightLimits: LightLimits = .standard, by deadline: ContinuousClock.Instant? = nil
    ) throws(InferenceError) -> Assessment {
        guard isOfTheSet(image.size) else { return refusal }
        let objection = light.objection(to: image.light, limits: lightLimits)
        if let objection, objection.reason != .lightDrift || !lightLimits.isOnlyWarned {
            return Assessment(
                decision: .noVerdict, reasons: [objection.reason], remark: objection.remark, limits: limits)
        }
        var timings = StageTimings()
        let scene = try Scene(
            perceiving: image, but: set.manifest.ignored(in: image.size), with: model, by: deadline, timings: &timings)
        var assessment = try assess(scene, timings: timings)
        if let objection {
            assessment.reasons.append(objection.reason)
            assessment.remark = objection.remark
        }
        return assessment
    }

    /// The judgement of an image that was perceived before, whatever its light: evaluation judges one image by many
    /// sets.
    ///
    /// - Parameter withMap: the assessment shall say how unusual every pixel is.
    package func assess(
        _ scene: Scene, timings: StageTimings = StageTimings(), withMap: Bool = false
    ) throws(InferenceError) -> Assessment {
        guard isOfTheSet(scene.frameSize) else { return refusal }
        let clock = ContinuousClock()
        let start = clock.now
        let judgement: Judgement
        do {
            judgement = try judge.judge(scene, withMap: withMap)
        } catch {
            throw .notFinite(output: "\(error)")
        }
        guard judgement.score.isFinite else { throw .notFinite(output: "score") }
        var timings = timings
        timings.matched = clock.now - start
        var assessment = assessment(of: judgement, limits: limits, timings: timings)
        assessment.map = judgement.map
        return assessment
    }

    private var limits: Limits {
        Limits(threshold: calibration.threshold, guardBand: calibration.guardLow...calibration.guardHigh)
    }

    private func isOfTheSet(_ size: PixelSize) -> Bool { size.hasShape(of: set.manifest.preprocessing.imageSize) }

    private var refusal: Assessment {
        Assessment(decision: .noVerdict, reasons: [.frameSizeDiffers], limits: limits)
    }

    private func assessment(of judgement: Judgement, limits: Limits, timings: StageTimings) -> Assessment {
        let decision: Decision
        if limits.guardBand.contains(judgement.score), limits.guardBand.lowerBound < limits.guardBand.upperBound {
            decision = .inconclusive
        } else {
            decision = judgement.score >= limits.threshold ? .fail : .pass
        }
        return Assessment(
            decision: decision, reasons: decision == .inconclusive ? [.scoreInGuardBand] : [],
            score: judgement.score, limits: limits, pValue: pValue(of: judgement.score),
            nearestSupport: set.logical.images[judgement.nearest].name, objectsSeen: judgement.objectsSeen,
            objectsExpected: judgement.objectsExpected, findings: decision == .pass ? [] : judgement.findings,
            timings: timings)
    }

    /// The conformal p-value: how often a good image scores at least this much; nil below 20 good scores.
    private func pValue(of score: Float) -> Float? {
        let scores = calibration.scores
        guard scores.count >= 20 else { return nil }
        return Float(scores.count { $0 >= score } + 1) / Float(scores.count + 1)
    }
}

extension PixelSize {
    /// The same ratio of sides, to 2 %: another resolution of the same picture.
    package func hasShape(of other: PixelSize) -> Bool {
        let own = width * other.height
        let others = other.width * height
        return 50 * abs(own - others) <= others
    }
}

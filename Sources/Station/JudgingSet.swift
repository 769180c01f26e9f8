internal import Assessment
internal import Inference
internal import Publishing
internal import SupportSets

/// A support set that passed every check, with the assessor that judges by it; never changed, only replaced.
struct JudgingSet: Sendable {
    let assessor: Assessor

    /// When it was prepared, and from its activation on when that was.
    var since: Timestamp
    let shape: ModelShape

    /// What it was held to when it was opened.
    let terms: SetTerms

    /// What brought it into force.
    var by = SetCause.settings

    var identity: SupportSetIdentity { assessor.set.identity }
    var label: String { "\(identity.name)@\(identity.version)" }

    var reference: SupportSetReference {
        SupportSetReference(name: identity.name, version: identity.version, digest: identity.digest)
    }

    var model: ModelReference {
        let model = assessor.set.manifest.model
        return ModelReference(name: model.name, digest: model.digest, precision: model.precision)
    }

    var threshold: Double? {
        assessor.set.manifest.calibration.methods[assessor.method.rawValue].map { Double($0.threshold) }
    }

    /// The camera's controls when the support images were taken, by name; empty where they are not known.
    var enrolledControls: [String: String] { assessor.set.manifest.cameraControls }

    /// Sets that were made before light was kept cannot tell.
    var tellsLightDrift: Bool { assessor.set.manifest.light != nil }

    /// What the set found of itself at its enrolment that it cannot judge; nil where that was not tried.
    var cannotJudge: [String]? {
        assessor.set.manifest.selfTest.map { $0.weaknesses.prefix(16).map { String($0.prefix(300)) } }
    }

    /// As the retained message says it.
    var active: ActiveSupportSet {
        ActiveSupportSet(
            set: reference, imageCount: assessor.set.manifest.k, threshold: threshold, since: since, by: by,
            cannotJudge: cannotJudge)
    }

    /// As the retained message says it of a set that waits.
    var prepared: PreparedSupportSet {
        PreparedSupportSet(
            set: reference, imageCount: assessor.set.manifest.k, since: since, cannotJudge: cannotJudge)
    }
}

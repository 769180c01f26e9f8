package import Enrolment

/// What `--set` may change.
package struct EvaluationParameters: Equatable, Sendable {
    package var enrolment = EnrolmentParameters()

    /// The longer side of the part network's input; nil for the bundle's own.
    package var segmenterLongSide: Int?

    /// Support images have the objects of their annotations, as if a person had corrected them.
    package var usesAnnotations = false

    package init() {}
}

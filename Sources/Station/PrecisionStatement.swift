package import Inference
package import InferenceRuntime

/// Which precision suits this station, and who says so.
package struct PrecisionStatement: Codable, Equatable, Sendable {
    /// Who chose.
    package enum Chooser: String, Codable, Sendable {
        case measurement, settings
    }

    package var choice: Precision
    package var by: Chooser

    /// Milliseconds of processor time for one picture, by precision; empty where the settings chose.
    package var milliseconds: [String: Double]

    /// Whether the runtime lacks kernels for the bundle's own precision on this processor.
    package var lacksKernels: Bool

    package init(pinned choice: Precision) {
        self.choice = choice
        by = .settings
        milliseconds = [:]
        lacksKernels = false
    }

    /// Nil when nothing could be run.
    package init?(measured report: PrecisionReport) {
        guard let choice = report.choice else { return nil }
        self.choice = choice
        by = .measurement
        milliseconds = [:]
        for timing in report.timings { milliseconds[timing.precision.rawValue] = timing.milliseconds }
        lacksKernels = report.lacksOwnKernels
    }

    private enum CodingKeys: String, CodingKey {
        case choice, by
        case milliseconds = "ms"
        case lacksKernels = "lacks_kernels"
    }
}

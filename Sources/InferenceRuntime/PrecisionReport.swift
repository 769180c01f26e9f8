package import Inference

/// What a picture costs in each precision that a bundle can run in, on this machine, and which one is best run.
///
/// A support set is good for the precision it was enrolled in and for no other. So what is chosen here is for sets that
/// are made; frames are judged in the precision of their set.
package struct PrecisionReport: Codable, Equatable, Sendable {
    /// Another precision must save as much to take the place of the bundle's own, whose exactness was measured: BF16 rounds
    /// the first blocks and the decoder too, which 8 bits leave in floats.
    private static let leastSaving = 0.25

    /// The bundle's own first. Those the processor cannot compute in are not there.
    package let timings: [PrecisionTiming]

    package init(timings: [PrecisionTiming]) { self.timings = timings }

    /// The bundle's own precision, unless its kernels are missing or another one is clearly faster; nil when none runs.
    package var choice: Precision? {
        let sound = timings.filter(\.isAsNamed)
        guard let fastest = sound.min(by: { $0.milliseconds < $1.milliseconds }) else {
            return timings.first?.precision
        }
        guard let own = timings.first, own.isAsNamed else { return fastest.precision }
        return fastest.milliseconds <= own.milliseconds * (1 - Self.leastSaving) ? fastest.precision : own.precision
    }

    /// Whether the runtime has no kernels for the bundle's own precision here.
    package var lacksOwnKernels: Bool { timings.first?.isAsNamed == false }

    /// Such as `int8 20.1 ms, bf16 25.4 ms, fp32 46.8 ms`.
    package var wording: String {
        timings.map { "\($0.precision.rawValue) \(Self.rounded($0.milliseconds)) ms" }.joined(separator: ", ")
    }

    private static func rounded(_ milliseconds: Double) -> Double { (milliseconds * 10).rounded() / 10 }
}

extension PrecisionReport {
    /// Measures; a few seconds at most after `limit`, which the last measurement may overrun.
    ///
    /// - Throws: when not even the bundle's own precision can be run.
    package init(measuring directory: String, within limit: Duration = .seconds(10)) throws(InferenceError) {
        let bundle = try ModelBundle(opening: directory)
        let clock = ContinuousClock()
        let start = clock.now
        var timings: [PrecisionTiming] = []
        for precision in bundle.manifest.precisions where timings.isEmpty || clock.now - start < limit {
            do throws(InferenceError) {
                timings.append(try PrecisionTiming(of: bundle, in: precision))
            } catch .precisionMissing {
                continue
            }
        }
        self.init(timings: timings)
    }
}

internal import ArgumentParser
internal import Inference
internal import InferenceRuntime

/// What a set's model shall compute in.
enum PrecisionOption: String, CaseIterable, ExpressibleByArgument {
    case auto, int8, bf16, fp32

    /// The precision to run a bundle in, with what it rests on where that was measured.
    func precision(of bundle: String) throws -> (precision: Precision, measured: PrecisionReport?) {
        do throws(InferenceError) {
            let manifest = try ModelBundle(opening: bundle).manifest
            guard let wanted = Precision(rawValue: rawValue) else {
                let report = try Self.report(of: bundle)
                return (report.choice ?? manifest.precision(), report)
            }
            guard manifest.precisions.contains(wanted) else {
                let known = manifest.precisions.map(\.rawValue).joined(separator: ", ")
                throw .badBundle(path: bundle, problem: "it does not run in \(rawValue), but in \(known)")
            }
            return (wanted, nil)
        } catch {
            throw CommandFailure.badInput("\(error)")
        }
    }

    private static func report(of bundle: String) throws(InferenceError) -> PrecisionReport {
        let cache = PrecisionCache()
        if let known = try cache.known(of: bundle) { return known }
        let progress = ProgressLine()
        progress.show("measuring, once, which precision suits this machine")
        defer { progress.finish() }
        return try cache.report(of: bundle)
    }
}

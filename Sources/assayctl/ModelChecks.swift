internal import Inference
internal import InferenceRuntime

/// The inference runtime and the model bundle.
struct ModelChecks {
    let bundle: String

    /// The settings' precision; nil where a measurement chooses.
    var pinned: Precision?

    var all: [DoctorFinding] {
        do throws(InferenceError) {
            let version = try OpenVINO.version()
            return [.ok("runtime        OpenVINO \(version.build) from \(version.path)")] + files
        } catch {
            return [.error("runtime        \(error)", "then look again")] + files
        }
    }

    /// Every file of the bundle has its digest, and the kernels are those of its precision.
    private var files: [DoctorFinding] {
        do throws(InferenceError) {
            let opened = try ModelBundle(opening: bundle)
            for network in opened.manifest.networks {
                for file in network.files { _ = try opened.contents(of: file) }
            }
            let manifest = opened.manifest
            let found = "\(manifest.name) \(opened.digest.prefix(12)) in \(bundle)"
            return [.ok("model bundle   \(found), all digests right")] + kernels
        } catch {
            return [.error("model bundle   \(error)", "then look again")]
        }
    }

    private var kernels: [DoctorFinding] {
        do throws(InferenceError) {
            // Nothing is written: the daemon keeps its own measurements.
            let report = try PrecisionCache().report(of: bundle, keeps: false)
            let shown = pinned.flatMap { pinned in report.timings.first { $0.precision == pinned } }
            return (shown ?? report.timings.first).map { $0.kernels.map(Self.finding) + [precision(report)] } ?? []
        } catch {
            return [.error("network        \(error)", "then look again")]
        }
    }

    private static func finding(_ report: KernelReport) -> DoctorFinding {
        let share = "\(report.int8Count) layers in 8 bits, \(report.convolutionCount) convolutions"
        let text = "network        \(report.network) (\(report.precision.rawValue)): \(share)"
        guard !report.isAsNamed else { return .ok(text) }
        return .warning(text, "this processor runs the network in floating point; it will be slow")
    }

    private func precision(_ report: PrecisionReport) -> DoctorFinding {
        let text = "precision      \(report.wording) a picture"
        guard let choice = report.choice else { return .warning(text, "no precision runs here") }
        guard let pinned else { return .ok("\(text); \(choice.rawValue) is chosen for new sets") }
        guard let own = report.timings.first(where: { $0.precision == pinned }) else {
            return .error(
                "\(text); the settings name \(pinned.rawValue), which does not run here", "set precision to auto")
        }
        let fastest = report.timings.map(\.milliseconds).min() ?? own.milliseconds
        guard own.milliseconds > fastest * 1.5 else { return .ok("\(text); the settings name \(pinned.rawValue)") }
        return .warning("\(text); the settings name \(pinned.rawValue)", "\(choice.rawValue) would be faster here")
    }
}

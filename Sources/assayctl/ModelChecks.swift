internal import Inference
internal import InferenceRuntime

/// The inference runtime and the model bundle.
struct ModelChecks {
    let bundle: String

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
            return try BundleModel.kernelReport(bundle: bundle).map { report in
                let share = "\(report.int8Count) layers in 8 bits, \(report.convolutionCount) convolutions"
                let text = "network        \(report.network) (\(report.precision.rawValue)): \(share)"
                guard report.precision == .int8, report.int8Count == 0 else { return .ok(text) }
                return .warning(text, "this processor runs the 8-bit network in floating point; it will be slow")
            }
        } catch {
            return [.error("network        \(error)", "then look again")]
        }
    }
}

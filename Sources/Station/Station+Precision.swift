internal import Health
package import Inference
internal import InferenceRuntime
internal import Logging
package import Settings
internal import Synchronization

extension Station {
    /// Finds out which precision suits this machine, and tells; on the steward's thread, after the lines were brought up.
    ///
    /// Takes some seconds at the first start on a machine, nothing later on. It changes no line: each runs in the
    /// precision of its set.
    func choosePrecision() {
        if let pinned = Precision(started.precision) {
            state(PrecisionStatement(pinned: pinned), why: "\(pinned.rawValue), as the settings say")
            return
        }
        guard let measure = parts.measurePrecision else { return }
        do throws(InferenceError) {
            let report = try measure()
            guard let statement = PrecisionStatement(measured: report) else { return }
            let kernels = report.lacksOwnKernels ? "; this processor has no kernels for the bundle's own" : ""
            state(statement, why: "\(statement.choice.rawValue), of \(report.wording) a picture\(kernels)")
        } catch {
            parts.logger.warning("Precisions not measured", metadata: ["error": "\(error)"])
        }
    }

    private func state(_ statement: PrecisionStatement, why: String) {
        precision.withLock { $0 = statement }
        var data = ["precision": statement.choice.rawValue, "chosen_by": statement.by.rawValue]
        for (name, time) in statement.milliseconds { data["\(name)_ms"] = "\((time * 10).rounded() / 10)" }
        announcer.event(.precisionChosen, why: why, data: data)
    }
}

extension Precision {
    /// Nil where each set says.
    package init?(_ policy: PrecisionPolicy) {
        switch policy {
        case .auto: return nil
        case .int8: self = .int8
        case .bf16: self = .bf16
        case .fp32: self = .fp32
        }
    }
}

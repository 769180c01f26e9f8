/// In which precision the networks compute.
package enum PrecisionPolicy: String, CaseIterable, Sendable {
    /// Each line in that of its support set; what suits this machine best is measured, and told.
    case auto
    case int8, bf16, fp32
}

/// How a line compares an image with its support set.
package enum JudgementMethod: String, CaseIterable, Sendable {
    case assay, objectcore, romad
}

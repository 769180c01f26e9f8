/// For which verdicts a picture with the findings drawn in is published.
package enum OverlayPolicy: String, CaseIterable, Sendable {
    case never, fail, always
}

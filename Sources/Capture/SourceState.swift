/// What a source is doing. Each change is reported once, not each retry.
package enum SourceState: Equatable, Sendable {
    /// Started; no frame yet.
    case opening

    /// Frames come; the first is offered right after.
    case streaming(CameraDescription)

    /// No frames, for this reason; the source tries again for ever.
    case lost(CaptureError)

    /// A replay that plays once has played, and its last frame was taken if it waits for that.
    case ended
}

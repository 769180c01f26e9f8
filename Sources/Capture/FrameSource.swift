/// Where frames come from: a camera or a replay of files.
package protocol FrameSource: Sendable {
    var counters: SourceCounters { get }

    /// Starts the source's own thread, which fills `slot`, rings `doorbell` after each frame and reports changes of
    /// state until it is stopped.
    ///
    /// A source that runs is stopped first. What goes wrong with the camera or the files is a state, not an error:
    /// the source goes on trying. Errors: `systemExhausted` when there is no thread to be had.
    ///
    /// - Parameter onState: called on the source's thread; it must be quick and must not stop the source.
    func start(
        into slot: LatestFrame, ringing doorbell: Doorbell, onState: @escaping @Sendable (SourceState) -> Void
    ) throws(CaptureError)

    /// Ends the thread and returns when it has ended, within milliseconds. Frames on loan stay readable.
    func stop()
}

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

    /// Reports a source whose thread does not come back from its driver; to be called a few times a second.
    func look()

    /// Asks the thread to end, and does not wait for it.
    func requestStop()

    /// Ends the thread and returns when it has ended, mostly within milliseconds. Frames on loan stay readable.
    ///
    /// - Returns: false when the thread hangs in a driver or a file system. It is left behind then, and nothing that
    ///   it does later reaches the slot or the reports.
    @discardableResult
    func stop(within limit: Duration) -> Bool
}

extension FrameSource {
    /// Most drivers end a stream in milliseconds, some cameras take some hundred.
    @discardableResult
    package func stop() -> Bool { stop(within: .seconds(1)) }
}

internal import Capture
internal import Synchronization

/// The one thread that answers commands whose time is over, however busy the workers are.
final class Clerk: Sendable {
    private let bell: Doorbell
    private let isStopping = Atomic(false)

    init() throws(StationError) {
        do throws(CaptureError) {
            bell = try Doorbell()
        } catch {
            throw .systemExhausted(what: "wake-up event", reason: error.description)
        }
    }

    /// - Parameter work: does what is due and says when the next thing is; nil for nothing until `wake`.
    func start(_ work: @escaping @Sendable (MonotonicTime) -> MonotonicTime?) throws(StationError) {
        try LoneThread.start(name: "assay-clerk") { [self] in
            while !isStopping.load(ordering: .acquiring) {
                let next = work(.now)
                _ = bell.wait(timeout: next.map { max(.zero, $0.since(.now)) })
            }
        }
    }

    /// Something new has come.
    func wake() { bell.ring() }

    func stop() {
        isStopping.store(true, ordering: .releasing)
        bell.ring()
    }
}

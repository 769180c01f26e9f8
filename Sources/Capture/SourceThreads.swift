internal import Synchronization

/// The threads of all sources together.
package enum SourceThreads {
    static let leftBehind = Atomic(0)

    /// More than these are not left behind: who changes the settings again and again needs another remedy.
    static let mostLeftBehind = 32

    /// Threads that hang in a driver or a file system, that nobody waits for any more, and that have not come back.
    package static var leftBehindCount: Int { leftBehind.load(ordering: .relaxed) }
}

internal import Glibc

/// A state folder in the hands of one daemon; the kernel takes it back when the process ends, however it ends.
struct StateLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// - Throws: `folderInUse` when another daemon has the folder.
    init(folder: String) throws(StationError) {
        let path = folder + "/lock"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            // A disk that takes nothing has no second writer either, and judging goes on without it.
            guard errno != EROFS, errno != ENOSPC else {
                self.descriptor = -1
                return
            }
            throw .folderUnusable(path: path, reason: SystemReason.last)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let problem = errno
            close(descriptor)
            if problem == EWOULDBLOCK { throw .folderInUse(path: folder) }
            throw .folderUnusable(path: path, reason: SystemReason.text(of: problem))
        }
        self.descriptor = descriptor
    }

    deinit {
        guard descriptor >= 0 else { return }
        // A program that another thread is just starting has the descriptor, too, until it executes.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

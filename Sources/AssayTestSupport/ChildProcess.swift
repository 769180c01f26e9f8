internal import Glibc

/// A program run by a test; killed and waited for when its owner goes.
package final class ChildProcess: @unchecked Sendable {
    // unchecked: `status` is only touched by the test that owns the child
    package let identifier: Int32
    private var status: Int32?

    /// Starts `program` with `arguments`; its output goes to the file `output`, its input is empty, no signal is
    /// blocked, whatever the starting thread blocks.
    ///
    /// - Parameter environment: added to that of the tests, for this program alone.
    package init(
        _ program: String, _ arguments: [String], output: String, environment: [String: String] = [:]
    ) throws(TestSupportError) {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        unsafe sigemptyset(&noSignals)
        unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let settings = environment.map { "\($0.key)=\($0.value)" }
        let command = settings.isEmpty ? [program] : ["env"] + settings + [program]
        var identifier: pid_t = 0
        var words = unsafe (command + arguments).map { unsafe strdup($0) }
        unsafe words.append(nil)
        defer { unsafe words.forEach { unsafe free($0) } }
        let problem = unsafe posix_spawnp(&identifier, command[0], &actions, &attributes, words, environ)
        guard problem == 0 else { throw .refused(what: "start \(program)", errno: problem) }
        self.identifier = identifier
    }

    deinit { end(with: SIGKILL) }

    /// Whether the program still runs.
    package var isRunning: Bool {
        guard status == nil else { return false }
        var ended: Int32 = 0
        guard unsafe waitpid(identifier, &ended, WNOHANG) == identifier else { return true }
        status = ended
        return false
    }

    /// Sends a signal without waiting.
    package func signal(_ signal: Int32) {
        if status == nil { kill(identifier, signal) }
    }

    /// Sends a signal, waits for the end, and gives back the raw wait status.
    @discardableResult
    package func end(with signal: Int32) -> Int32 {
        self.signal(signal)
        return wait()
    }

    /// Waits for the end and gives back the raw wait status: the exit code is in bits 8 to 15.
    @discardableResult
    package func wait() -> Int32 {
        if let status { return status }
        var ended: Int32 = 0
        while unsafe waitpid(identifier, &ended, 0) < 0 && errno == EINTR {}
        status = ended
        return ended
    }
}

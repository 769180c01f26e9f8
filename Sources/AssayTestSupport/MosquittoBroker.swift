internal import Glibc

/// A private mosquitto on a loopback port, with its own folder; ends with its owner.
package final class MosquittoBroker: @unchecked Sendable {
    // unchecked: the process is only changed by the test that owns the broker
    package let port: UInt16
    private let folder: TemporaryFolder
    private let configuration: String
    private var process: ChildProcess?

    /// Starts a broker and waits until it answers.
    ///
    /// - Parameters:
    ///   - users: names and passwords; without any, everybody may come.
    ///   - extraLines: further lines of mosquitto.conf.
    package init(users: [String: String] = [:], extraLines: [String] = []) throws(TestSupportError) {
        folder = try TemporaryFolder("assay-broker")
        port = try LoopbackPort.free()
        var lines = ["listener \(port) 127.0.0.1", "persistence false", "allow_anonymous \(users.isEmpty)"]
        if geteuid() == 0 { lines.append("user root") }
        if !users.isEmpty {
            try Self.write(users, in: folder)
            lines.append("password_file \(folder.file("passwords"))")
        }
        lines += extraLines
        configuration = try folder.write(lines.joined(separator: "\n") + "\n", to: "mosquitto.conf")
        try start()
    }

    private static func write(_ users: [String: String], in folder: TemporaryFolder) throws(TestSupportError) {
        let list = users.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)\n" }.joined()
        let passwords = try folder.write(list, to: "passwords")
        let hashing = try ChildProcess("mosquitto_passwd", ["-U", passwords], output: folder.file("log"))
        guard hashing.wait() == 0 else { throw .notReady(program: "mosquitto_passwd", output: "see its log") }
    }

    /// Gives the users other passwords and throws out who is connected; for a broker that began with users.
    package func change(_ users: [String: String]) throws(TestSupportError) {
        kill()
        try Self.write(users, in: folder)
        try start()
    }

    /// Starts the broker (again) on the same port, with nothing retained, and waits until it answers.
    package func start() throws(TestSupportError) {
        let program = "/usr/sbin/mosquitto"
        guard unsafe access(program, X_OK) == 0 else {
            throw .missing(program: program, remedy: "apt-get install mosquitto")
        }
        let process = try ChildProcess(program, ["-c", configuration], output: folder.file("log"))
        let deadline = ContinuousClock.now + .seconds(10)
        while !LoopbackPort.answers(port) {
            guard process.isRunning, ContinuousClock.now < deadline else {
                throw .notReady(program: program, output: folder.file("log"))
            }
            usleep(5000)
        }
        self.process = process
    }

    /// Ends the broker at once, as a power cut would.
    package func kill() {
        process?.end(with: SIGKILL)
        process = nil
    }

    /// Ends the broker in good order.
    package func stop() {
        process?.end(with: SIGTERM)
        process = nil
    }

    package func restart() throws(TestSupportError) {
        kill()
        try start()
    }

    /// Stops the broker's process without closing its sockets, as a half-open connection looks; `resume` undoes it.
    package func freeze() { process?.signal(SIGSTOP) }
    package func resume() { process?.signal(SIGCONT) }
}

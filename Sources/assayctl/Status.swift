internal import ArgumentParser
internal import Glibc

/// The exit codes that scripts rely on.
enum Status {
    static let fail = ExitCode(1)
    static let usage = ExitCode(2)
    static let badInput = ExitCode(3)
    static let unreachable = ExitCode(4)
    static let inconclusive = ExitCode(5)
}

/// An error that a person can act on: what is wrong, where, and what to do.
struct CommandFailure: Error {
    let message: String
    let status: ExitCode

    static func badInput(_ message: String) -> CommandFailure {
        CommandFailure(message: message, status: Status.badInput)
    }

    static func unreachable(_ message: String) -> CommandFailure {
        CommandFailure(message: message, status: Status.unreachable)
    }

    func report() {
        StandardError.write("assayctl: \(message)")
    }
}

/// Lines for people, apart from the results on standard output.
enum StandardError {
    static func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

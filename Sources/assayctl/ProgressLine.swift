internal import Enrolment
internal import Glibc

/// One line on the terminal that says how far a long step is; silent when standard error is no terminal.
struct ProgressLine {
    private let isTerminal = isatty(2) == 1

    func show(_ step: Enroller.Step) {
        switch step {
        case .perceived(let done, let count): show("looking at picture \(done) of \(count)")
        case .calibrated(let done, let count): show("judging good pictures by each other, \(done) of \(count)")
        case .found: break
        case .tested(let done, let count): show("judging altered pictures, \(done) of \(count)")
        case .writing: show("writing the set")
        }
    }

    func show(_ text: String) {
        guard isTerminal else { return }
        Self.write("\r\u{1B}[K\(text)")
    }

    func finish() {
        guard isTerminal else { return }
        Self.write("\r\u{1B}[K")
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

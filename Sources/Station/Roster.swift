internal import Capture
internal import Publishing
internal import Synchronization

/// The lines that workers look after, and whose turn it is.
final class Roster: Sendable {
    private struct State {
        var lines: [Line] = []
        var turn = RoundRobin()
    }

    private let state = Mutex(State())

    /// In the order of their names.
    var lines: [Line] { state.withLock { $0.lines } }

    func line(named name: String) -> Line? { lines.first { $0.name.description == name } }

    func add(_ line: Line) {
        state.withLock { state in
            state.lines.append(line)
            state.lines.sort { $0.name.description < $1.name.description }
        }
    }

    func remove(_ line: Line) {
        state.withLock { $0.lines.removeAll { $0 === line } }
    }

    /// The next waiting frame, line by line in turn.
    func take(now: MonotonicTime) -> TakenFrame? {
        let (lines, order) = state.withLock { ($0.lines, $0.turn.order(of: $0.lines.count)) }
        for place in order {
            if let taken = lines[place].take(now: now) {
                state.withLock { $0.turn.served(place) }
                return taken
            }
        }
        return nil
    }

    /// How long a frame that waits for its trigger has still to wait; nil when none does.
    func nextDue(after now: MonotonicTime) -> Duration? {
        lines.compactMap { $0.nextDue }.min().map { max(.milliseconds(1), $0.since(now)) }
    }
}

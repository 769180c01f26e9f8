internal import Imaging
internal import Publishing
internal import Synchronization
internal import Verdicts

/// The pictures judged last, with their verdicts, so that somebody can still say what was wrong with one.
///
/// Half of the room is for verdicts other than pass, which are few and asked for most; the oldest go first.
final class RecentFrames: Sendable {
    struct Entry: Sendable {
        let picture: Image
        let verdict: VerdictMessage

        /// One for each trigger that the frame answered.
        var ids: [String]
    }

    private struct Shelf: Sendable {
        var entries: [Entry] = []
        var byteCount = 0

        mutating func put(_ entry: Entry, limit: Int) {
            entries.append(entry)
            byteCount += entry.picture.pixels.count
            var count = 0
            while byteCount > limit, count < entries.count {
                byteCount -= entries[count].picture.pixels.count
                count += 1
            }
            entries.removeFirst(count)
        }
    }

    private struct State: Sendable {
        var limit = 0
        var passed = Shelf()
        var others = Shelf()
    }

    private let state = Mutex(State())

    /// Bytes of pictures kept at most; 0 keeps none.
    func limit(to bytes: Int) {
        state.withLock { state in
            state.limit = bytes
            guard bytes == 0 else { return }
            state.passed = Shelf()
            state.others = Shelf()
        }
    }

    /// - Returns: whether the picture is kept, and its memory with it.
    func keep(_ picture: Image, with verdict: VerdictMessage) -> Bool {
        guard verdict.decision != .noVerdict else { return false }
        return state.withLock { state in
            guard state.limit > 0 else { return false }
            let entry = Entry(picture: picture, verdict: verdict, ids: [verdict.id])
            if verdict.decision == .pass {
                state.passed.put(entry, limit: state.limit / 2)
            } else {
                state.others.put(entry, limit: state.limit / 2)
            }
            return true
        }
    }

    /// The verdict `first` was handed on under another id, too.
    func add(id: String, to first: String) {
        state.withLock { state in
            if let place = state.passed.entries.lastIndex(where: { $0.ids.contains(first) }) {
                state.passed.entries[place].ids.append(id)
            } else if let place = state.others.entries.lastIndex(where: { $0.ids.contains(first) }) {
                state.others.entries[place].ids.append(id)
            }
        }
    }

    func entry(of id: String) -> Entry? {
        state.withLock { state in
            state.others.entries.last { $0.ids.contains(id) } ?? state.passed.entries.last { $0.ids.contains(id) }
        }
    }
}

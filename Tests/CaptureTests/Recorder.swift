import Capture
import Synchronization

/// Keeps what threads report, in order.
final class Recorder<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    func record(_ value: Value) { values.withLock { $0.append(value) } }

    var all: [Value] { values.withLock { $0 } }
}

extension SourceState {
    var name: String {
        switch self {
        case .opening: "opening"
        case .streaming: "streaming"
        case .lost(let reason): reason.code
        case .ended: "ended"
        }
    }
}

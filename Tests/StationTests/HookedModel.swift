import Imaging
import Inference
import Synchronization

/// The real model with a hook in front of it, to make it fail or hang when a test says so.
final class HookedModel: PerceptionModel {
    enum Behaviour: Sendable {
        case answers, fails, hangs
    }

    private let inner: any PerceptionModel
    private let behaviour = Mutex(Behaviour.answers)

    init(_ inner: any PerceptionModel) { self.inner = inner }

    var identity: ModelIdentity { inner.identity }

    func behave(_ new: Behaviour) { behaviour.withLock { $0 = new } }

    func perceive(_ image: Image) throws(InferenceError) -> Perception {
        switch behaviour.withLock({ $0 }) {
        case .answers: return try inner.perceive(image)
        case .fails: throw .notFinite(output: "objects")
        case .hangs:
            while behaviour.withLock({ $0 }) == .hangs { Hook.wait() }
            return try inner.perceive(image)
        }
    }
}

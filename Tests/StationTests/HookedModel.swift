import Imaging
import Inference
import Synchronization

/// The real model with a hook in front of it, to make it fail or hang when a test says so.
final class HookedModel: PerceptionModel {
    enum Behaviour: Equatable, Sendable {
        case answers, fails, hangs

        /// Answers, but not within this time.
        case dawdles(Duration)

        /// Has no request free until the caller's deadline.
        case isTaken
    }

    private let inner: any PerceptionModel
    private let behaviour = Mutex(Behaviour.answers)

    init(_ inner: any PerceptionModel) { self.inner = inner }

    var identity: ModelIdentity { inner.identity }

    func behave(_ new: Behaviour) { behaviour.withLock { $0 = new } }

    func perceive(_ image: Image) throws(InferenceError) -> Perception {
        try perceive(image, by: nil)
    }

    func perceive(_ image: Image, by deadline: ContinuousClock.Instant?) throws(InferenceError) -> Perception {
        switch behaviour.withLock({ $0 }) {
        case .answers: return try inner.perceive(image)
        case .dawdles(let time):
            let end = ContinuousClock.now + time
            while ContinuousClock.now < end { Hook.wait() }
            return try inner.perceive(image)
        case .isTaken:
            let start = ContinuousClock.now
            while ContinuousClock.now < deadline ?? start + .seconds(60) { Hook.wait() }
            throw .busy(waited: ContinuousClock.now - start)
        case .fails: throw .notFinite(output: "objects")
        case .hangs:
            while behaviour.withLock({ $0 }) == .hangs { Hook.wait() }
            return try inner.perceive(image)
        }
    }
}

internal import Composition
internal import SupportSets

/// Keeps objects of different classes from being taken for each other (`method.md` 9.2).
struct ClassGate: Sendable {
    private let head: ClassHead

    /// A class is taken for sure from here on; below it, looks alone decide.
    private static let surest: Float = 0.9

    init(head: ClassHead) {
        self.head = head
    }

    /// What a head says of one region.
    struct Opinion {
        /// Its class, where that is sure.
        let name: String?

        /// How likely it is an object of any class.
        let objectShare: Float
    }

    func opinion(of object: ObjectDescriptor) -> Opinion {
        let probabilities = head.probabilities(of: object)
        let objectShare = 1 - (probabilities.last ?? 0)
        guard objectShare >= 0.5, let best = head.likeliest(in: probabilities), best.share >= Self.surest else {
            return Opinion(name: nil, objectShare: objectShare)
        }
        return Opinion(name: head.names[best.index], objectShare: objectShare)
    }
}

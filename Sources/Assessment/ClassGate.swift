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

    /// The class of an object; nil where that is not sure, or where it is likelier none.
    func name(of object: ObjectDescriptor) -> String? {
        let probabilities = head.probabilities(of: object)
        guard let none = probabilities.last, none <= 0.5, let best = head.likeliest(in: probabilities),
            best.share >= Self.surest
        else { return nil }
        return head.names[best.index]
    }
}

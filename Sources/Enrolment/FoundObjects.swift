package import SupportSets

/// The objects of all good images, to be shown.
package struct FoundObjects: Sendable {
    /// What is an object, with its id and name.
    package let bank: LogicalBank

    /// The images that were corrected, with what was dropped from them.
    package let settled: SettledObjects
    package let notes: [CorrectionNote]

    /// Indices of the pictures that are enrolled.
    package let kept: [Int]
    package let classes: ClassReport?

    /// For each image enrolled the objects' ids as they are drawn.
    package func ids(of image: Int) -> [String] {
        bank.images[image].objects.enumerated().map { index, object in object.label?.id ?? "\(index + 1)" }
    }
}

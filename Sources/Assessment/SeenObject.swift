package import Imaging

/// One object that was found in an image.
package struct SeenObject: Equatable, Sendable {
    /// On the segmenter's grid over the whole image.
    package var mask: Mask

    /// How sure it is that this is one object, 0...1; a scale of its own for each way of finding objects.
    package var confidence: Float

    /// The kind of the known object that it was matched with, a number of the support set; -1 for none.
    package var kind: Int

    /// What people call that object, or the class that it is surely of; nil where nobody said.
    package var name: String?

    package init(mask: Mask, confidence: Float, kind: Int = -1, name: String? = nil) {
        self.mask = mask
        self.confidence = confidence
        self.kind = kind
        self.name = name
    }
}

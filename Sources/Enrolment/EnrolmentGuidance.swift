package import Annotations
package import Imaging

/// What people say of the good images beyond that they are good.
package struct EnrolmentGuidance: Sendable {
    package var corrections = ObjectCorrections()

    /// Where the corrections stand, for messages.
    package var correctionsPath = "objects.yaml"

    /// What was marked in the good images, in their order; nil for one that nothing was marked in. Empty for none at all.
    package var annotated: [AnnotatedPicture?] = []

    /// More good images, of which only the classes are learnt.
    package var unlabelled: [SupportPicture] = []

    /// Places of the pictures that are not judged, with the lines where they are said.
    package var ignored: [(place: PixelBox, line: Int)] = []

    /// Files that go into the set as they are, by their names there.
    package var files: [(name: String, bytes: [UInt8])] = []

    package init() {}
}

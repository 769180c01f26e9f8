package import Imaging

/// An object that an image shows, as people have marked it.
package struct TrueObject: Sendable {
    /// Its class.
    package let name: String
    package let mask: Mask

    package init(name: String, mask: Mask) {
        self.name = name
        self.mask = mask
    }

    /// The objects of an image; nil where they are not annotated.
    static func all(of sample: Sample) throws(EvaluationError) -> [TrueObject]? {
        switch sample.objects {
        case .unknown, .counted: nil
        case .annotated(let path): try SceneAnnotation(reading: path).trueObjects(path: path)
        }
    }
}

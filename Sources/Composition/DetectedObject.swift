package import Imaging

/// One object of an image: where it is and what was measured of it.
package struct DetectedObject: Equatable, Sendable {
    /// On the segmenter's grid over the whole image.
    package var mask: Mask
    package var descriptor: ObjectDescriptor

    package init(mask: Mask, descriptor: ObjectDescriptor) {
        self.mask = mask
        self.descriptor = descriptor
    }
}

/// All objects of one image (`O` in ObjectCore) with the image's mean feature `f̄`.
package struct Composition: Equatable, Sendable {
    package var objects: [DetectedObject]
    package var meanFeature: [Float]

    package init(objects: [DetectedObject], meanFeature: [Float]) {
        self.objects = objects
        self.meanFeature = meanFeature
    }
}

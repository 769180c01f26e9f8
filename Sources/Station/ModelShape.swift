package import Imaging
package import Inference

/// What a loaded model depends on: two lines with the same shape share one.
package struct ModelShape: Hashable, Sendable {
    package let imageSize: PixelSize
    package let segmenterLongSide: Int

    package init(imageSize: PixelSize, segmenterLongSide: Int) {
        self.imageSize = imageSize
        self.segmenterLongSide = segmenterLongSide
    }
}

/// Loads the station's model bundle for one shape; takes seconds, so never on a worker.
package typealias ModelLoader = @Sendable (ModelShape) throws(InferenceError) -> any PerceptionModel

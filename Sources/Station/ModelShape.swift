package import Imaging
package import Inference
package import InferenceRuntime

/// What a loaded model depends on: two lines with the same shape share one.
package struct ModelShape: Hashable, Sendable {
    package let imageSize: PixelSize
    package let segmenterLongSide: Int
    package let precision: Precision

    package init(imageSize: PixelSize, segmenterLongSide: Int, precision: Precision) {
        self.imageSize = imageSize
        self.segmenterLongSide = segmenterLongSide
        self.precision = precision
    }
}

/// Loads the station's model bundle for one shape; takes seconds, so never on a worker.
package typealias ModelLoader = @Sendable (ModelShape) throws(InferenceError) -> any PerceptionModel

/// Measures, or knows from before, what each precision costs on this machine; may take some seconds.
package typealias PrecisionMeasurer = @Sendable () throws(InferenceError) -> PrecisionReport

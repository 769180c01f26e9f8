package import Inference
package import SupportSets

/// One choice of support images and everything that came of it; kept on disk, so that an interrupted run goes on.
package struct Draw: KeptDraw {
    package let category: String
    package let seed: Int
    package let model: ModelIdentity
    package let supports: [String]
    package let images: [JudgedImage]

    /// Nil where the data set has no pixel truth.
    package let pixels: PixelFigures?

    /// What one image can score before it fails.
    package let threshold: Float
    /// Nil where sets were not tested on their own images.
    package let selfTest: SelfTestReport?
    package let enrolmentSeconds: Double

    /// One thread's time for one image, without perceiving it.
    package let judgementSeconds: Double
}

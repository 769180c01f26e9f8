internal import Assessment
internal import Composition
package import Imaging
package import Inference
internal import RealModule
internal import Verdicts

/// What the surfaces of things that lie anywhere look like from other sides: the good images turned about their centre.
package struct TurnedViews: Sendable {
    /// For each good image the features of all its turned views, each row scaled to length 1; empty for an image that is
    /// not turned.
    let rows: [[Float]]

    /// No image is turned.
    package static let none = TurnedViews(rows: [])

    /// - Parameter rows: for each good image what `rows(of:with:)` gives, or nothing.
    package init(rows: [[Float]]) { self.rows = rows }

    /// Steps of an eighth of a turn.
    private static let directions = (1..<8).map { step in
        SIMD2(Float.cos(Float(step) * Float.pi / 4), Float.sin(Float(step) * Float.pi / 4))
    }

    /// With so many images every side of a thing is seen anyway.
    private static let mostImages = 12

    /// So many cells from the edge of the turned picture features still mix with what lies outside.
    private static let margin: Float = 2

    /// The pictures perceived for each image.
    package static var countPerImage: Int { directions.count }

    /// Those of so many images that are turned, spread over all.
    package static func chosen(of imageCount: Int) -> [Int] {
        let count = min(imageCount, mostImages)
        return (0..<count).map { $0 * imageCount / count }
    }

    /// - Parameters:
    ///   - image: painted over where it is not judged.
    ///   - progress: called after each picture.
    package static func rows(
        of image: Image, with model: any PerceptionModel, progress: () -> Void = {}
    ) throws(InferenceError) -> [Float] {
        var rows: [Float] = []
        for direction in directions {
            var timings = StageTimings()
            let scene = try Scene(perceiving: image.rotated(to: direction), with: model, timings: &timings)
            rows += Self.rows(of: scene, turnedTo: direction)
            progress()
        }
        return rows
    }

    /// Every second cell that shows the picture, not what its edge was repeated for.
    private static func rows(of scene: Scene, turnedTo direction: SIMD2<Float>) -> [Float] {
        let features = scene.features
        let frame = SIMD2(Float(scene.frameSize.width), Float(scene.frameSize.height))
        let cell = frame / SIMD2(Float(features.width), Float(features.height))
        var rows: [Float] = []
        for y in stride(from: 0, to: features.height, by: 2) {
            for x in stride(from: 0, to: features.width, by: 2) {
                let offset = (SIMD2(Float(x), Float(y)) + 0.5) * cell - frame / 2
                let place = offset.rotatedBack(from: direction)
                let room = frame / 2 - margin * cell
                guard abs(place.x) <= room.x, abs(place.y) <= room.y else { continue }
                let start = (y * features.width + x) * features.channelCount
                let row = features.values[start..<(start + features.channelCount)]
                let square = row.reduce(Float(0)) { $0 + $1 * $1 }
                let scale = square > 0 ? 1 / square.squareRoot() : 0
                rows += row.map { $0 * scale }
            }
        }
        return rows
    }

    /// The views of some of the images.
    func subset(_ images: [Int]) -> [[Float]] { rows.isEmpty ? [] : images.map { rows[$0] } }
}

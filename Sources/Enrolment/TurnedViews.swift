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

    private init(rows: [[Float]]) { self.rows = rows }

    /// Steps of an eighth of a turn.
    private static let directions = (1..<8).map { step in
        SIMD2(Float.cos(Float(step) * Float.pi / 4), Float.sin(Float(step) * Float.pi / 4))
    }

    /// With so many images every side of a thing is seen anyway.
    private static let mostImages = 12

    /// So many cells from the edge of the turned picture features still mix with what lies outside.
    private static let margin: Float = 2

    /// How many pictures are perceived for so many images.
    package static func count(for imageCount: Int) -> Int { min(imageCount, mostImages) * directions.count }

    /// - Parameter images: painted over where they are not judged.
    package init(
        of images: [Image], with model: any PerceptionModel, progress: () -> Void
    ) throws(InferenceError) {
        var rows = [[Float]](repeating: [], count: images.count)
        for step in 0..<min(images.count, Self.mostImages) {
            let image = step * images.count / min(images.count, Self.mostImages)
            for direction in Self.directions {
                var timings = StageTimings()
                let scene = try Scene(perceiving: images[image].rotated(to: direction), with: model, timings: &timings)
                rows[image] += Self.rows(of: scene, turnedTo: direction)
                progress()
            }
        }
        self.rows = rows
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

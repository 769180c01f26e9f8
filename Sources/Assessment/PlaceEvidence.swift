internal import Composition
internal import Imaging
internal import Inference
internal import LinearAlgebra
internal import RealModule
internal import Regions
package import SupportSets

/// What the picture itself says where an object is said to have gone, come or changed.
///
/// Trees of regions are now and then cut otherwise although nothing has changed. Where a product lies at one place, its
/// good images tell how each spot looks: an object that is gone or another leaves its mark there.
package struct PlaceEvidence: Sendable {
    private let map: StructuralMap
    private let set: SupportSet

    /// Nil where the good images say nothing of places.
    ///
    /// - Parameter map: smoothed, not scaled, of the image that is judged.
    package init?(map: StructuralMap, set: SupportSet, switches: JudgementSwitches) {
        guard set.manifest.structure.isAligned, switches.weighsEvidence else { return nil }
        self.map = map
        self.set = set
    }

    /// Smaller differences decide nothing.
    private static let leastDeviation: Float = 0.15

    /// How unlike the good images some places look: cells of a structural map, and their distances.
    package struct Looks: Sendable {
        fileprivate var cells: [(x: Int, y: Int, distance: Float)] = []
        fileprivate let size: (height: Int, width: Int)

        /// The largest distance.
        func peak(_ scale: SurfaceScale) -> Float {
            cells.reduce(0) { max($0, $1.distance * scale.factor(x: $1.x, y: $1.y, of: size)) }
        }
    }

    /// For each difference how the places look where the object lies or should lie; nil for one that is small or of an object
    /// that may lie anywhere.
    package func looks(of judgement: LogicalJudgement, in scene: Scene) -> [Looks?] {
        judgement.differences.map { difference in
            guard difference.deviation >= Self.leastDeviation else { return nil }
            var looks = Looks(size: (map.height, map.width))
            if let known = difference.known {
                let object = set.logical.images[judgement.nearest].objects[known]
                guard object.hasPlace else { return nil }
                add(object.object.mask.box, of: scene, to: &looks)
            }
            if let seen = difference.seen {
                add(judgement.regions.box(of: judgement.nodes[seen]), of: scene, to: &looks)
            }
            return looks
        }
    }

    /// The map's own search reaches so far that it finds the ground beside a small thing that is gone; in its place the
    /// search must not leave it.
    private func add(_ box: PixelBox, of scene: Scene, to looks: inout Looks) {
        let bank = set.structural
        let cells = box.scaled(
            from: scene.hierarchy.size, to: PixelSize(width: bank.gridWidth, height: bank.gridHeight))
        let half = min(cells.width, cells.height) / 2
        if half < set.manifest.structure.reach + Self.smoothing, scene.features.height == bank.gridHeight,
            scene.features.width == bank.gridWidth
        {
            let found = search(scene.features, in: cells, reach: half < 2 * Self.smoothing ? 0 : Self.smoothing)
            add(found, at: (cells.x / 2, cells.y / 2), to: &looks)
        } else {
            let box = box.scaled(from: scene.hierarchy.size, to: PixelSize(width: map.width, height: map.height))
                .clamped(to: PixelSize(width: map.width, height: map.height))
            for y in box.y..<box.maxY {
                for x in box.x..<box.maxX { looks.cells.append((x, y, map.distances[y * map.width + x])) }
            }
        }
    }

    private func add(_ found: StructuralMap, at place: (x: Int, y: Int), to looks: inout Looks) {
        for y in 0..<found.height {
            for x in 0..<found.width {
                looks.cells.append((place.x + x, place.y + y, found.distances[y * found.width + x]))
            }
        }
    }

    /// Features are means of 5×5 cells: so far a thing's own reach beyond it, and no farther a small thing is looked for.
    private static let smoothing = 2

    /// Each second cell's distance to the nearest in any good image, looked for in every second cell from its own.
    private func search(_ features: FeatureGrid, in cells: PixelBox, reach: Int) -> StructuralMap {
        let bank = set.structural
        let rows = Array(stride(from: cells.y, to: min(cells.maxY, features.height), by: 2))
        let columns = Array(stride(from: cells.x, to: min(cells.maxX, features.width), by: 2))
        let channels = features.channelCount
        let values = features.values.span
        var distances: [Float] = []
        distances.reserveCapacity(rows.count * columns.count)
        unsafe bank.rows.withElements { elements in
            for y in rows {
                for x in columns {
                    let query = (y * features.width + x) * channels
                    var norm: Float = 0
                    for channel in 0..<channels {
                        norm = Relaxed.multiplyAdd(values[query + channel], values[query + channel], norm)
                    }
                    var best: Float = 0
                    for image in 0..<bank.imageCount {
                        for bankY in Self.window(around: y, reach: reach, count: bank.gridHeight) {
                            for bankX in Self.window(around: x, reach: reach, count: bank.gridWidth) {
                                let row = ((image * bank.gridHeight + bankY) * bank.gridWidth + bankX) * channels
                                var product: Float = 0
                                for channel in 0..<channels {
                                    product = unsafe Relaxed.multiplyAdd(
                                        values[query + channel], elements[row + channel], product)
                                }
                                best = max(best, product)
                            }
                        }
                    }
                    distances.append(max(0, 1 - best / max(norm.squareRoot(), 1e-12)))
                }
            }
        }
        return StructuralMap(height: rows.count, width: columns.count, distances: distances).smoothed()
    }

    /// - Parameter reach: even, so that the cell itself is among them.
    private static func window(around cell: Int, reach: Int, count: Int) -> StrideTo<Int> {
        stride(from: cell < reach ? cell % 2 : cell - reach, to: min(count, cell + reach + 1), by: 2)
    }

    /// Peaks below this share of the structural level are what good images show all over.
    private static let calm: Float = 0.35

    /// A place that looks so unlike has changed, however unlike the others one of the good images is.
    private static let sure: Float = 0.35

    /// From this share on the picture has changed.
    private static let changed: Float = 0.75

    /// What is left of a difference that the picture does not bear out: a set whose good images hardly differ still tells it.
    private static let least: Float = 0.3

    /// What share of a difference stands.
    ///
    /// - Parameters:
    ///   - looks: one of those of a judgement.
    ///   - level: what the scaled structural map of a good image seldom reaches.
    package static func share(_ looks: Looks?, level: Float, scale: SurfaceScale) -> Float {
        looks.map { share(peak: $0.peak(scale), level: level) } ?? 1
    }

    package static func share(peak: Float, level: Float) -> Float {
        guard level > 0 else { return 1 }
        let height = (peak / min(level, sure) - calm) / (changed - calm)
        return least + (1 - least) * min(1, max(0, height))
    }
}

extension LogicalJudgement {
    /// This judgement with each difference as far as the picture bears it out.
    func weighed(
        by evidence: PlaceEvidence, level: Float, scale: SurfaceScale, in scene: Scene
    ) -> LogicalJudgement {
        var weighed = self
        for (index, looks) in evidence.looks(of: self, in: scene).enumerated() {
            weighed.differences[index].pair =
                PlaceEvidence.share(looks, level: level, scale: scale) * differences[index].pair
        }
        weighed.differences.sort { $0.deviation > $1.deviation }
        weighed.score = LogicalJudge.score(weighed.differences.lazy.map(\.deviation))
        return weighed
    }
}

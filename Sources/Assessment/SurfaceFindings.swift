internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets
internal import Verdicts

/// Connected places of a structural map above what the good images reach, as findings.
struct SurfaceFindings {
    let findings: [Finding]

    /// Only the strongest are told.
    private static let mostFindings = 3

    /// A region ends where it differs by less than this part of its peak.
    private static let core: Float = 0.5

    /// - Parameters:
    ///   - objects: the boxes of the scene's objects on the hierarchy's grid.
    ///   - known: a good image's objects.
    ///   - contrast: of a region on the map's grid; nil where the good images say nothing of places.
    init(
        map: StructuralMap, level: Float, scene: Scene, objects: [PixelBox], known: [SupportObject],
        contrast: (Mask) -> SurfaceContrast?
    ) {
        let smallest = known.map { $0.object.mask.box.scaled(from: $0.object.mask.grid, to: scene.frameSize).area }
            .min()
        let objects = objects.map { $0.scaled(from: scene.hierarchy.size, to: scene.frameSize) }
        let limit = level * 1.05
        var visited = [Bool](repeating: false, count: map.distances.count)
        var found: [Finding] = []
        for start in map.distances.indices where !visited[start] && map.distances[start] > limit {
            var cells: [Int] = []
            var pending = [start]
            visited[start] = true
            while let cell = pending.popLast() {
                cells.append(cell)
                let x = cell % map.width
                let y = cell / map.width
                for (nextX, nextY) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)] {
                    guard nextX >= 0, nextY >= 0, nextX < map.width, nextY < map.height else { continue }
                    let next = nextY * map.width + nextX
                    guard !visited[next], map.distances[next] > limit else { continue }
                    visited[next] = true
                    pending.append(next)
                }
            }
            let peak = cells.reduce(Float(0)) { max($0, map.distances[$1]) }
            // What is strong shines far beyond its own place.
            cells.removeAll { map.distances[$0] < Self.core * peak }
            var finding = Self.finding(
                cells: cells, peak: peak, level: level, map: map, scene: scene, objects: objects)
            if let smallest, let box = finding.box, box.area >= smallest, let mask = finding.mask,
                !objects.contains(where: { 2 * $0.intersection(box).area >= box.area })
            {
                finding.tell(contrast(mask)?.change, in: scene.frameSize)
            }
            found.append(finding)
        }
        findings = Array(found.sorted { $0.share > $1.share }.prefix(Self.mostFindings))
    }

    private static func finding(
        cells: [Int], peak: Float, level: Float, map: StructuralMap, scene: Scene, objects: [PixelBox]
    ) -> Finding {
        let grid = PixelSize(width: map.width, height: map.height)
        let cellBox = PixelBox(of: cells, width: map.width)
        var bits = [UInt8](repeating: 0, count: cellBox.area)
        for cell in cells {
            bits[(cell / map.width - cellBox.y) * cellBox.width + cell % map.width - cellBox.x] = 1
        }
        let frameBox = cellBox.scaled(from: grid, to: scene.frameSize)
        var finding = Finding(
            kind: .surface, box: frameBox, mask: Mask(grid: grid, box: cellBox, bits: bits), cost: min(1, peak),
            parts: CostParts(appearance: min(1, peak)), share: peak / level,
            sentence: Sentence.surface(
                frameBox, on: nil,
                isOnObject: objects.contains { 2 * $0.intersection(frameBox).area >= frameBox.area },
                in: scene.frameSize))
        // What differs all over an object is the object.
        if objects.contains(where: { 2 * $0.intersection(frameBox).area >= max($0.area, frameBox.area) }) {
            finding.kind = .changed
            finding.sentence = Sentence.changed(nil, by: .look, box: frameBox, in: scene.frameSize)
        }
        return finding
    }
}

extension Finding {
    /// A region as large as a part where none lies: a thing that came or is gone says more than its surface.
    fileprivate mutating func tell(_ change: SurfaceContrast.Change?, in frame: PixelSize) {
        guard kind == .surface, let place = box else { return }
        switch change {
        case .come:
            kind = .extra
            sentence = Sentence.extra(place, in: frame)
        case .gone:
            kind = .missing
            (box, mask, expectedBox) = (nil, nil, place)
            sentence = Sentence.gone(from: place, in: frame)
        case nil:
            return
        }
    }
}

extension PixelBox {
    /// - Parameter cells: at least one, of a grid of some width.
    fileprivate init(of cells: [Int], width: Int) {
        let rows = cells.map { $0 / width }
        let columns = cells.map { $0 % width }
        let (left, top) = (columns.min() ?? 0, rows.min() ?? 0)
        self.init(
            x: left, y: top, width: (columns.max() ?? left) - left + 1, height: (rows.max() ?? top) - top + 1)
    }
}

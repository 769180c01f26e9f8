internal import Composition
internal import Imaging
internal import Regions
internal import Verdicts

/// Connected places of a structural map above what the good images reach, as findings.
struct SurfaceFindings {
    let findings: [Finding]

    /// Only the strongest are told.
    private static let mostFindings = 3

    /// - Parameter objects: the boxes of the scene's objects on the hierarchy's grid.
    init(map: StructuralMap, level: Float, scene: Scene, objects: [PixelBox]) {
        let objects = objects.map { $0.scaled(from: scene.hierarchy.size, to: scene.frameSize) }
        let limit = level * 1.05
        var visited = [Bool](repeating: false, count: map.distances.count)
        var found: [Finding] = []
        for start in map.distances.indices where !visited[start] && map.distances[start] > limit {
            var box = (
                left: start % map.width, top: start / map.width, right: start % map.width, bottom: start / map.width
            )
            var cells: [Int] = []
            var pending = [start]
            visited[start] = true
            while let cell = pending.popLast() {
                cells.append(cell)
                let x = cell % map.width
                let y = cell / map.width
                box = (min(box.left, x), min(box.top, y), max(box.right, x), max(box.bottom, y))
                for (nextX, nextY) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)] {
                    guard nextX >= 0, nextY >= 0, nextX < map.width, nextY < map.height else { continue }
                    let next = nextY * map.width + nextX
                    guard !visited[next], map.distances[next] > limit else { continue }
                    visited[next] = true
                    pending.append(next)
                }
            }
            let peak = cells.reduce(Float(0)) { max($0, map.distances[$1]) }
            found.append(
                Self.finding(
                    cells: cells, box: box, peak: peak, level: level, map: map, scene: scene,
                    objects: objects))
        }
        findings = Array(found.sorted { $0.share > $1.share }.prefix(Self.mostFindings))
    }

    private static func finding(
        cells: [Int], box: (left: Int, top: Int, right: Int, bottom: Int), peak: Float, level: Float,
        map: StructuralMap, scene: Scene, objects: [PixelBox]
    ) -> Finding {
        let grid = PixelSize(width: map.width, height: map.height)
        let cellBox = PixelBox(
            x: box.left, y: box.top, width: box.right - box.left + 1, height: box.bottom - box.top + 1)
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

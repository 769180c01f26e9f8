internal import Composition
internal import Imaging
internal import Regions
internal import SupportSets
internal import Verdicts

/// The pixels behind a judgement of `assay`: at each place the larger of the two parts, each in units of its level.
enum AssayMap {
    static func of(
        _ scene: Scene, structural: StructuralMap, objects: LogicalJudgement, bank: LogicalBank,
        calibration: Calibration
    ) -> AnomalyMap {
        var map = AnomalyMap(
            upsampling: structural.distances.map { $0 / calibration.structuralLevel }, gridHeight: structural.height,
            gridWidth: structural.width, to: scene.frameSize)
        let known = bank.images[objects.nearest].objects
        for difference in objects.differences {
            let value = difference.deviation / calibration.logicalLevel
            if let seen = difference.seen {
                map.raise(to: value, on: objects.regions.mask(of: objects.nodes[seen]).scaled(to: scene.frameSize))
            } else if let index = difference.known {
                let mask = known[index].object.mask.scaled(to: scene.frameSize)
                let longSide = Float(max(scene.frameSize.width, scene.frameSize.height))
                map.raise(
                    to: value,
                    on: mask.shifted(
                        x: -Int((objects.shift.x * longSide).rounded()), y: -Int((objects.shift.y * longSide).rounded())
                    ))
            }
        }
        map.blur(sigma: 4)
        return map
    }
}

extension Mask {
    /// The same pixels elsewhere; those that leave the grid are lost.
    fileprivate func shifted(x: Int, y: Int) -> Mask {
        let moved = PixelBox(x: box.x + x, y: box.y + y, width: box.width, height: box.height)
        let kept = moved.clamped(to: grid)
        var bits: [UInt8] = []
        bits.reserveCapacity(kept.area)
        for row in kept.y..<kept.maxY {
            let start = (row - moved.y) * box.width + kept.x - moved.x
            bits += self.bits[start..<(start + kept.width)]
        }
        return Mask(grid: grid, box: kept, bits: bits)
    }
}

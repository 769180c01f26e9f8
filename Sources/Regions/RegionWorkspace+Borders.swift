internal import Imaging
package import Inference

extension RegionWorkspace {
    /// Finds where the regions in `labels` touch over four neighbours, and sorts the borders, weakest first.
    package mutating func findBorders(in maps: PartMaps) {
        precondition(maps.size == grid.size)
        // Regions are connected, so their neighbourhood is a planar graph with fewer than three borders a region:
        // the table stays less than half full.
        var slotCount = 64
        while slotCount < 8 * labelCount { slotCount *= 2 }
        borderSlots.removeAll(keepingCapacity: true)
        borderSlots.append(contentsOf: repeatElement(-1, count: slotCount))
        borders.removeAll(keepingCapacity: true)

        let width = maps.size.width
        // The labels do not change meanwhile; `borders` does.
        let labelled = labels
        let labels = labelled.span
        let boundary = maps.boundary.span
        for y in 0..<maps.size.height {
            for x in 0..<width {
                let pixel = grid.index(x: x, y: y)
                let label = labels[pixel]
                guard label > 0 else { continue }
                let right = labels[pixel + 1]
                if right > 0 && right != label {
                    let strength = max(boundary[y * width + x], boundary[y * width + x + 1])
                    noteBorder(label, right, strength: strength)
                }
                let below = labels[pixel + grid.stride]
                if below > 0 && below != label {
                    let strength = max(boundary[y * width + x], boundary[(y + 1) * width + x])
                    noteBorder(label, below, strength: strength)
                }
            }
        }
        borders.sort(by: RegionBorder.isWeaker)
    }

    private mutating func noteBorder(_ one: Int32, _ other: Int32, strength: Float) {
        let first = min(one, other)
        let second = max(one, other)
        let hash =
            (UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second)))
            &* 0x9E37_79B9_7F4A_7C15
        let lastSlot = borderSlots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 32) & lastSlot
        while borderSlots[slot] >= 0 {
            let index = Int(borderSlots[slot])
            if borders[index].first == first && borders[index].second == second {
                if strength < borders[index].weakest { borders[index].weakest = strength }
                return
            }
            slot = (slot + 1) & lastSlot
        }
        borderSlots[slot] = Int32(borders.count)
        // What is no number leaves the border as strong as can be.
        borders.append(RegionBorder(first: first, second: second, weakest: strength < 1 ? strength : 1))
    }
}

package import Imaging

/// Nested class-agnostic regions of one picture: the pieces of a watershed and every join of neighbouring pieces.
///
/// Nodes `0..<leafCount` are the pieces, the rest are joins, children before parents. No node keeps a bitmap: the
/// pieces are numbered so that every node is a contiguous range of them.
package struct RegionHierarchy: Sendable {
    /// The grid of the part maps.
    package let size: PixelSize
    package let nodes: [RegionNode]
    package let leafCount: Int

    /// The leaf of each pixel, row by row; -1 where there is none.
    package let leafMap: [Int32]

    /// How many seeds were dropped because there were more than the settings allow.
    package let droppedSeedCount: Int

    /// The fewest pixels of a region in a selection.
    package let minimumArea: Int

    /// The pixels of a node, on the grid of the part maps.
    package func mask(of node: Int) -> Mask {
        let box = nodes[node].box
        let first = Int32(nodes[node].leaves.lowerBound)
        let count = UInt32(nodes[node].leaves.count)
        var bits: [UInt8] = []
        bits.reserveCapacity(box.area)
        for y in box.y..<box.maxY {
            let row = y * size.width
            for x in box.x..<box.maxX {
                // Wrapping turns "not below the first and not beyond the last" into one comparison.
                bits.append(UInt32(bitPattern: leafMap[row + x] &- first) < count ? 1 : 0)
            }
        }
        return Mask(grid: size, box: box, bits: bits)
    }

    /// The flat selection at one threshold: all borders weaker than it are given up, and tiny regions left out.
    package func cut(at threshold: Float = 0.55) -> [Int] {
        nodes.indices.filter { index in
            let node = nodes[index]
            let isStanding = node.birth < threshold || node.children == nil
            return isStanding && (node.parent == nil || node.death >= threshold) && node.area >= minimumArea
        }
    }
}

internal import Imaging
package import Inference

extension RegionWorkspace {
    /// Draws where regions may lie: the object pixels, and the holes in them that no predicted boundary surrounds.
    ///
    /// A hole is a four-connected piece of the rest that does not reach the edge of the picture. It is filled when it
    /// is small enough and the mean boundary probability over its eight-connected rim is low enough.
    package mutating func drawObjectMask(from maps: PartMaps, settings: RegionSettings) {
        precondition(maps.size == grid.size)
        let width = maps.size.width
        let object = maps.object.span
        for y in 0..<maps.size.height {
            let target = grid.index(x: 0, y: y)
            for x in 0..<width {
                inside[target + x] = object[y * width + x] > settings.objectThreshold ? 1 : 0
            }
        }
        fillHoles(boundary: maps.boundary, settings: settings)
    }

    /// The mark of the frame round the grid.
    private static let beyondEdge: Int32 = -1

    private mutating func fillHoles(boundary: [Float], settings: RegionSettings) {
        let grid = grid
        let largest = Int(settings.largestHoleFraction * Double(grid.size.pixelCount))
        // Both are written anew by the stages that own them.
        for pixel in labels.indices { labels[pixel] = Self.beyondEdge }
        for y in 0..<grid.size.height {
            for x in 0..<grid.size.width { labels[grid.index(x: x, y: y)] = 0 }
        }
        for pixel in owners.indices { owners[pixel] = 0 }
        var mark: Int32 = 0

        for y in 0..<grid.size.height {
            for x in 0..<grid.size.width {
                let start = grid.index(x: x, y: y)
                guard inside[start] == 0, labels[start] == 0 else { continue }
                mark += 1
                let (area, reachesEdge) = markPiece(from: start, mark: mark)
                guard !reachesEdge, area <= largest else { continue }
                if meanBoundaryRound(area: area, mark: mark, boundary: boundary) < settings.holeBoundaryLimit {
                    for index in 0..<area { inside[Int(order[index])] = 1 }
                }
            }
        }
    }

    /// Marks the four-connected piece that holds `start`, of the object mask or of the rest, where nothing is marked in
    /// `labels` yet, and lists its pixels in `order`.
    mutating func markPiece(from start: Int, mark: Int32) -> (area: Int, reachesEdge: Bool) {
        let steps = grid.fourNeighbours
        let side = inside[start]
        var area = 1
        var reachesEdge = false
        order[0] = Int32(start)
        labels[start] = mark
        var next = 0
        while next < area {
            let pixel = Int(order[next])
            next += 1
            for index in steps.indices {
                let neighbour = pixel + steps[index]
                if labels[neighbour] == Self.beyondEdge { reachesEdge = true }
                guard inside[neighbour] == side, labels[neighbour] == 0 else { continue }
                labels[neighbour] = mark
                order[area] = Int32(neighbour)
                area += 1
            }
        }
        return (area, reachesEdge)
    }

    /// The mean boundary probability over the pixels that touch, also by a corner, the hole listed in `order`.
    private mutating func meanBoundaryRound(area: Int, mark: Int32, boundary: [Float]) -> Float {
        let steps = grid.eightNeighbours
        var sum: Float = 0
        var count: Float = 0
        for index in 0..<area {
            for step in steps.indices {
                let pixel = Int(order[index]) + steps[step]
                guard labels[pixel] != mark, owners[pixel] != mark else { continue }
                owners[pixel] = mark
                sum += boundary[(pixel / grid.stride - 1) * grid.size.width + pixel % grid.stride - 1]
                count += 1
            }
        }
        return sum / count
    }
}

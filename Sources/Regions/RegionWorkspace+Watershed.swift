extension RegionWorkspace {
    /// Floods the object mask from the seeds in `labels`, highest seed map first, over four neighbours.
    ///
    /// A pixel takes the region of the neighbour that reached it first (Meyer, Topographic distance and watershed
    /// lines, Signal Processing 38, 1994), without lines between regions. The seed map is rounded to the levels of
    /// the queue. Pixels that no seed can reach keep label 0.
    package mutating func flood() {
        let steps = grid.fourNeighbours
        for pixel in labels.indices where labels[pixel] > 0 {
            for index in steps.indices {
                let neighbour = pixel + steps[index]
                if inside[neighbour] != 0 && labels[neighbour] == 0 {
                    queue.push(pixel, level: Self.level(of: seedMap[pixel]))
                    break
                }
            }
        }
        while let pixel = queue.pop() {
            for index in steps.indices {
                let neighbour = pixel + steps[index]
                guard inside[neighbour] != 0, labels[neighbour] == 0 else { continue }
                labels[neighbour] = labels[pixel]
                queue.push(neighbour, level: Self.level(of: seedMap[neighbour]))
            }
        }
    }

    /// The place of a seed value in the queue: 0 for 1 and above, the last for 0 and below and for what is no number.
    package static func level(of value: Float) -> Int {
        let last = LevelQueue.levelCount - 1
        guard value > 0 else { return last }
        return last - Int(min(value, 1) * Float(last))
    }
}

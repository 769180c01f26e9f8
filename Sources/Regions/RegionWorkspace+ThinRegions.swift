internal import Imaging

extension RegionWorkspace {
    /// Makes each four-connected piece of the object mask that no seed reached a region of its own, if it is large enough.
    ///
    /// What is thin is boundary all over and nowhere far from it: there the seed map stays below its lowest level, however
    /// sure the object map is.
    package mutating func nameThinRegions(settings: RegionSettings) {
        let least = max(settings.minimumSeedArea, settings.minimumArea(of: grid.size.pixelCount))
        for y in 0..<grid.size.height {
            for x in 0..<grid.size.width {
                let start = grid.index(x: x, y: y)
                guard inside[start] != 0, labels[start] == 0, labelCount < settings.maximumLeafCount else { continue }
                let area = markThinRegion(from: start, label: Int32(labelCount + 1))
                if area >= least {
                    labelCount += 1
                } else {
                    for index in 0..<area {
                        labels[Int(order[index])] = 0
                        inside[Int(order[index])] = 0
                    }
                }
            }
        }
    }

    /// Gives the piece that holds `start` the label and lists its pixels in `order`.
    private mutating func markThinRegion(from start: Int, label: Int32) -> Int {
        let steps = grid.fourNeighbours
        var area = 1
        order[0] = Int32(start)
        labels[start] = label
        var next = 0
        while next < area {
            let pixel = Int(order[next])
            next += 1
            for index in steps.indices {
                let neighbour = pixel + steps[index]
                guard inside[neighbour] != 0, labels[neighbour] == 0 else { continue }
                labels[neighbour] = label
                order[area] = Int32(neighbour)
                area += 1
            }
        }
        return area
    }
}

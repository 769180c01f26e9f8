internal import Imaging

extension RegionWorkspace {
    /// Makes each four-connected piece of the object mask that no seed reached a region of its own, if it is large enough;
    /// beyond `maximumLeafCount` they are counted with the dropped seeds.
    ///
    /// What is thin is boundary all over and nowhere far from it: there the seed map stays below its lowest level, however
    /// sure the object map is.
    package mutating func nameThinRegions(settings: RegionSettings) {
        let least = max(settings.minimumSeedArea, settings.minimumArea(of: grid.size.pixelCount))
        for y in 0..<grid.size.height {
            for x in 0..<grid.size.width {
                let start = grid.index(x: x, y: y)
                guard inside[start] != 0, labels[start] == 0 else { continue }
                let area = markPiece(from: start, mark: Int32(labelCount + 1)).area
                let isLarge = area >= least
                if isLarge, labelCount < settings.maximumLeafCount {
                    labelCount += 1
                    continue
                }
                if isLarge { droppedSeedCount += 1 }
                for index in 0..<area {
                    labels[Int(order[index])] = 0
                    inside[Int(order[index])] = 0
                }
            }
        }
    }
}

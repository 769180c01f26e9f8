extension RegionWorkspace {
    /// Finds the seeds: the components of the seed map that hold one object each.
    ///
    /// The seed map is cut at every level, which gives a tree of four-connected components. Followed upwards from the
    /// lowest level, a component is one seed unless two or more significant branches part above it; then each branch
    /// is followed in its stead. A branch is significant when it has a few pixels and rises `minimumPeak` above the
    /// level where it parts. The tree is a max-tree, built once from the highest level down by union-find over its
    /// nodes (Berger et al., Effective Component Tree Computation, ICIP 2007).
    ///
    /// Leaves the seeds in `labels`, from 1, and counts those dropped beyond `maximumLeafCount`.
    package mutating func growSeeds(settings: RegionSettings) {
        let starts = sortByBand(levels: settings.levels)
        levelNodes.removeAll(keepingCapacity: true)
        for pixel in owners.indices { owners[pixel] = -1 }
        for band in stride(from: settings.levels.count, to: 0, by: -1) {
            for index in starts[band]..<starts[band + 1] {
                addPixel(Int(order[index]), band: band, settings: settings)
            }
        }
        labelCount = nameSeeds(minimumArea: settings.minimumSeedArea)
        droppedSeedCount = max(0, labelCount - settings.maximumLeafCount)
        if droppedSeedCount > 0 { keepLargestSeeds(settings.maximumLeafCount) }
        for pixel in owners.indices {
            let owner = owners[pixel]
            labels[pixel] = owner < 0 ? 0 : max(0, levelNodes[Int(owner)].seed)
        }
    }

    /// Lists the pixels inside the object mask in `order`, by how many levels lie below them; gives where each band
    /// starts, and at last where the last one ends.
    private mutating func sortByBand(levels: [Float]) -> [Int] {
        var starts = [Int](repeating: 0, count: levels.count + 2)
        count(levels.span, into: &starts)
        for band in 1..<starts.count { starts[band] += starts[band - 1] }
        var next = starts
        for pixel in inside.indices where inside[pixel] != 0 {
            let band = Int(bands[pixel])
            order[next[band]] = Int32(pixel)
            next[band] += 1
        }
        return starts
    }

    /// Notes in `bands` how many levels lie below each pixel inside the object mask, and counts the pixels of band `b` in
    /// `starts[b + 1]`.
    private mutating func count(_ levels: Span<Float>, into starts: inout [Int]) {
        let (mask, map) = (inside, seedMap)
        let inside = mask.span
        let seedMap = map.span
        var bands = bands.mutableSpan
        for pixel in inside.indices {
            var band: UInt8 = 0
            if inside[pixel] != 0 {
                let value = seedMap[pixel]
                for level in levels.indices { band &+= value > levels[level] ? 1 : 0 }
                starts[Int(band) + 1] += 1
            }
            bands[pixel] = band
        }
    }

    private mutating func addPixel(_ pixel: Int, band: Int, settings: RegionSettings) {
        let steps = grid.fourNeighbours
        var node: Int32 = -1
        for index in steps.indices {
            let owner = owners[pixel + steps[index]]
            guard owner >= 0 else { continue }
            let top = topNode(of: owner)
            guard top != node else { continue }
            if levelNodes[Int(top)].band == band {
                node = node < 0 ? top : unite(node, top)
            } else {
                if node < 0 { node = newNode(band: band) }
                attach(top, to: node, settings: settings)
            }
        }
        if node < 0 { node = newNode(band: band) }
        owners[pixel] = node
        levelNodes[Int(node)].area += 1
        levelNodes[Int(node)].peak = max(levelNodes[Int(node)].peak, seedMap[pixel])
    }

    private mutating func newNode(band: Int) -> Int32 {
        let node = Int32(levelNodes.count)
        levelNodes.append(LevelNode(band: band, top: node))
        return node
    }

    private mutating func topNode(of node: Int32) -> Int32 {
        var node = node
        while levelNodes[Int(node)].top != node {
            let above = levelNodes[Int(levelNodes[Int(node)].top)].top
            levelNodes[Int(node)].top = above
            node = above
        }
        return node
    }

    /// Unites two components of one level that turned out to touch; the earlier node stays.
    private mutating func unite(_ first: Int32, _ second: Int32) -> Int32 {
        let kept = min(first, second)
        let gone = Int(max(first, second))
        levelNodes[gone].top = kept
        levelNodes[gone].parent = kept
        levelNodes[gone].isUnited = true
        let other = levelNodes[gone]
        levelNodes[Int(kept)].area += other.area
        levelNodes[Int(kept)].peak = max(levelNodes[Int(kept)].peak, other.peak)
        levelNodes[Int(kept)].branchCount += other.branchCount
        levelNodes[Int(kept)].hasSplitBranch = levelNodes[Int(kept)].hasSplitBranch || other.hasSplitBranch
        return kept
    }

    private mutating func attach(_ child: Int32, to parent: Int32, settings: RegionSettings) {
        levelNodes[Int(child)].top = parent
        levelNodes[Int(child)].parent = parent
        let branch = levelNodes[Int(child)]
        let partingLevel = settings.levels[levelNodes[Int(parent)].band]
        let isBranch =
            branch.area >= settings.minimumBranchArea && branch.peak > partingLevel + settings.minimumPeak
        levelNodes[Int(child)].isBranch = isBranch
        levelNodes[Int(parent)].area += branch.area
        levelNodes[Int(parent)].peak = max(levelNodes[Int(parent)].peak, branch.peak)
        guard isBranch else { return }
        levelNodes[Int(parent)].branchCount += 1
        levelNodes[Int(parent)].hasSplitBranch = levelNodes[Int(parent)].hasSplitBranch || branch.splits
    }

    /// Decides from the lowest level upwards which nodes are seeds, and gives their count.
    ///
    /// A node has a higher number than all that lie above it, and than the node it was united with.
    private mutating func nameSeeds(minimumArea: Int) -> Int {
        var count: Int32 = 0
        for index in levelNodes.indices.reversed() where !levelNodes[index].isUnited {
            let node = levelNodes[index]
            var mayBeSeed = node.area >= minimumArea
            if node.parent >= 0 {
                var parent = Int(node.parent)
                while levelNodes[parent].isUnited { parent = Int(levelNodes[parent].parent) }
                let seed = levelNodes[parent].seed
                guard seed == LevelNode.open else {
                    levelNodes[index].seed = seed
                    continue
                }
                mayBeSeed = node.isBranch
            }
            if !mayBeSeed {
                levelNodes[index].seed = LevelNode.barren
            } else if node.splits {
                levelNodes[index].seed = LevelNode.open
            } else {
                count += 1
                levelNodes[index].seed = count
            }
        }
        for index in levelNodes.indices where levelNodes[index].isUnited {
            levelNodes[index].seed = levelNodes[Int(levelNodes[index].parent)].seed
        }
        return Int(count)
    }

    /// Drops all but the `limit` largest seeds and numbers the rest anew.
    private mutating func keepLargestSeeds(_ limit: Int) {
        var areas = [Int](repeating: 0, count: labelCount + 1)
        for owner in owners where owner >= 0 {
            let seed = levelNodes[Int(owner)].seed
            if seed > 0 { areas[Int(seed)] += 1 }
        }
        let bySize = (1...labelCount).sorted { areas[$0] != areas[$1] ? areas[$0] > areas[$1] : $0 < $1 }
        var names = [Int32](repeating: LevelNode.barren, count: labelCount + 1)
        for (index, seed) in bySize.prefix(limit).enumerated() { names[seed] = Int32(index + 1) }
        for index in levelNodes.indices where levelNodes[index].seed > 0 {
            levelNodes[index].seed = names[Int(levelNodes[index].seed)]
        }
        labelCount = limit
    }
}

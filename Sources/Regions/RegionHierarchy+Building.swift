internal import Imaging
package import Inference

extension RegionHierarchy {
    /// Builds the hierarchy of one picture's part maps.
    package init(of maps: PartMaps, settings: RegionSettings = .standard) {
        var workspace = RegionWorkspace()
        self.init(of: maps, settings: settings, workspace: &workspace)
    }

    /// Builds the hierarchy in buffers that are kept for the next picture.
    package init(of maps: PartMaps, settings: RegionSettings = .standard, workspace: inout RegionWorkspace) {
        workspace.prepare(for: maps.size)
        workspace.drawSeedMap(from: maps, settings: settings)
        workspace.drawObjectMask(from: maps, settings: settings)
        workspace.growSeeds(settings: settings)
        workspace.flood()
        workspace.nameThinRegions(settings: settings)
        workspace.findBorders(in: maps)

        let forest = MergeForest(joining: workspace.borders, leafCount: workspace.labelCount)
        let leafMap = Self.leafMap(of: workspace, forest: forest)
        let measures = Self.measures(of: maps, labels: workspace, forest: forest)
        size = maps.size
        leafCount = forest.leafCount
        self.leafMap = leafMap
        droppedSeedCount = workspace.droppedSeedCount
        minimumArea = settings.minimumArea(of: maps.size.pixelCount)
        nodes = measures.indices.map { RegionNode(measures[$0], node: $0, of: forest, in: maps.size) }
    }

    private static func leafMap(of workspace: RegionWorkspace, forest: MergeForest) -> [Int32] {
        let grid = workspace.grid
        let labels = workspace.labels.span
        let leafOfLabel = forest.leafOfLabel.span
        var leaves = [Int32](repeating: -1, count: grid.size.pixelCount)
        var map = leaves.mutableSpan
        for y in 0..<grid.size.height {
            let row = grid.index(x: 0, y: y)
            for x in 0..<grid.size.width {
                let label = Int(labels[row + x])
                if label > 0 { map[y * grid.size.width + x] = Int32(leafOfLabel[label - 1]) }
            }
        }
        return leaves
    }

    /// Sums over the pixels of every node: measured for the leaves, added up for the joins.
    ///
    /// A pixel is on the rim of its leaf when one of its eight neighbours lies outside it. It stays on the rim of the
    /// nodes above up to the first that holds all its neighbours, where it is taken off; with a neighbour that belongs
    /// to no region, or the edge of the picture beside it, it stays for good.
    private static func measures(
        of maps: PartMaps, labels workspace: RegionWorkspace, forest: MergeForest
    ) -> [RegionMeasures] {
        let grid = workspace.grid
        let steps = grid.eightNeighbours
        let ancestors = CommonAncestors(of: forest)
        let labels = workspace.labels.span
        let leafOfLabel = forest.leafOfLabel.span
        let object = maps.object.span
        let boundary = maps.boundary.span
        let distance = maps.distance.span
        var measures = [RegionMeasures](repeating: RegionMeasures(), count: forest.leaves.count)
        var sums = measures.mutableSpan
        var covered = [RimMeasures](repeating: RimMeasures(), count: forest.leaves.count)
        for y in 0..<grid.size.height {
            for x in 0..<grid.size.width {
                let pixel = grid.index(x: x, y: y)
                let label = labels[pixel]
                guard label > 0 else { continue }
                let source = y * grid.size.width + x
                let leaf = leafOfLabel[Int(label) - 1]
                sums[leaf].add(x: x, y: y, object: object[source], distance: distance[source])

                var isOnRim = false
                var isOuter = false
                var first = leaf
                var last = leaf
                for step in steps.indices {
                    let neighbour = labels[pixel + steps[step]]
                    guard neighbour != label else { continue }
                    isOnRim = true
                    guard neighbour > 0 else {
                        isOuter = true
                        break
                    }
                    first = min(first, leafOfLabel[Int(neighbour) - 1])
                    last = max(last, leafOfLabel[Int(neighbour) - 1])
                }
                guard isOnRim else { continue }
                sums[leaf].rim.add(boundary: boundary[source])
                if !isOuter, let node = ancestors.node(holding: first, last) {
                    covered[node].add(boundary: boundary[source])
                }
            }
        }
        for (index, join) in forest.joins.enumerated() {
            let node = forest.leafCount + index
            measures[node] = measures[join.first] + measures[join.second]
            measures[node].rim.count -= covered[node].count
            measures[node].rim.boundarySum -= covered[node].boundarySum
        }
        return measures
    }
}

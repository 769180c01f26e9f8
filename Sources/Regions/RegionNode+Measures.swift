internal import Imaging

extension RegionNode {
    init(_ measures: RegionMeasures, node: Int, of forest: MergeForest, in size: PixelSize) {
        let join = node < forest.leafCount ? nil : forest.joins[node - forest.leafCount]
        parent = forest.parents[node]
        children = join.map { ($0.first, $0.second) }
        leaves = forest.leaves[node]
        birth = join?.strength ?? 0
        death = parent.map { forest.joins[$0 - forest.leafCount].strength } ?? 1

        let area = Double(measures.area)
        let meanX = Double(measures.sumX) / area
        let meanY = Double(measures.sumY) / area
        self.area = measures.area
        box = PixelBox(
            x: measures.left, y: measures.top, width: measures.right - measures.left + 1,
            height: measures.bottom - measures.top + 1)
        centroid = (meanX + 0.5, meanY + 0.5)
        moments = RegionMoments(
            xx: Double(measures.sumXX) / area - meanX * meanX, yy: Double(measures.sumYY) / area - meanY * meanY,
            xy: Double(measures.sumXY) / area - meanX * meanY)
        meanObject = Float(measures.objectSum / area)
        largestDistance = measures.distancePeak
        // A region that covers the whole picture still has the picture's edge for a rim.
        rimBoundary = Float(measures.rim.boundarySum / Double(measures.rim.count))
        touchesFrame =
            measures.left == 0 || measures.top == 0 || measures.right == size.width - 1
            || measures.bottom == size.height - 1
    }
}

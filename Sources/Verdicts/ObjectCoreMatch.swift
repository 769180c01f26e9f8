internal import Composition
package import Imaging
package import Inference
package import LinearAlgebra
package import Matching

/// One image as the ObjectCore method sees it, from smoothed features and masks.
package struct ObjectCoreImage: Sendable {
    /// Masks with at least one pixel; the others are no objects.
    package let masks: [Mask]

    /// The place of each of them in the list given.
    package let maskIndices: [Int]
    package let scene: ObjectCoreScene

    /// One row a cell of the grid, each of length 1.
    package let patches: Matrix
    package let meanFeature: [Float]
    let gridHeight: Int
    let gridWidth: Int

    /// - Precondition: the masks lie on a grid of the image's size.
    package init(features: FeatureGrid, masks: [Mask]) {
        maskIndices = masks.indices.filter { masks[$0].area > 0 }
        self.masks = maskIndices.map { masks[$0] }
        var elements: [Float] = []
        for mask in self.masks {
            let weights = CellWeights(of: mask, gridHeight: features.height, gridWidth: features.width)
            elements += weights.mean(of: features) ?? [Float](repeating: 0, count: features.channelCount)
        }
        scene = ObjectCoreScene(
            representations: Matrix(
                rowCount: self.masks.count, columnCount: features.channelCount, elements: elements),
            areas: self.masks.map { Float($0.area) / Float($0.grid.pixelCount) })
        patches = features.normalisedRows()
        meanFeature = features.meanFeature()
        gridHeight = features.height
        gridWidth = features.width
    }
}

/// ObjectCore's whole judgement of a query against support images (paper, sections 3.2 to 3.4).
package struct ObjectCoreMatch: Sendable {
    /// The support image matched against.
    package let nearest: Int
    package let assignment: Assignment

    /// For each cell the smallest cosine distance to any patch of any support image.
    package let structural: [Float]
    package let map: AnomalyMap
    package let score: Float

    /// - Parameters:
    ///   - bank: at least one support image with grids of the query's channel count.
    ///   - areaWeight: γ of equation 6.
    ///   - sigma: of the map's Gaussian, pixels.
    ///   - topFraction: the part of the map whose mean is the score.
    package init(
        of query: ObjectCoreImage, against bank: [ObjectCoreImage], imageSize: PixelSize, areaWeight: Float = 0.1,
        sigma: Float = 4, topFraction: Double = 0.01
    ) throws(MatchingError) {
        let channelCount = query.meanFeature.count
        let means = Matrix(
            rowCount: bank.count, columnCount: channelCount, elements: bank.flatMap(\.meanFeature))
        nearest = ObjectCoreScene.nearest(to: query.meanFeature, among: means)
        let support = bank[nearest]
        assignment = try Assignment(minimising: query.scene.costs(against: support.scene, areaWeight: areaWeight))

        var finder = NearestRows()
        var structural = [Float](repeating: .infinity, count: query.patches.rowCount)
        for image in bank {
            let distances = finder.distances(from: query.patches, to: image.patches)
            for cell in structural.indices { structural[cell] = min(structural[cell], distances[cell]) }
        }
        self.structural = structural

        var map = AnomalyMap(
            upsampling: structural, gridHeight: query.gridHeight, gridWidth: query.gridWidth, to: imageSize)
        map.add(assignment, queryMasks: query.masks, supportMasks: support.masks)
        map.blur(sigma: sigma)
        score = map.topMean(fraction: topFraction)
        self.map = map
    }
}

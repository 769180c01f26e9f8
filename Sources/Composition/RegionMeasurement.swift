internal import Imaging
package import Inference
internal import RealModule
package import Regions

/// Measures every node of a hierarchy in one pass over the pixels: what is measured of leaves adds up to their parents.
package enum RegionMeasurement {
    /// One descriptor for each node of `hierarchy`, in its order.
    ///
    /// - Parameters:
    ///   - features: the smoothed feature grid of the same image.
    ///   - colours: the same image on the hierarchy's grid.
    package static func descriptors(
        of hierarchy: RegionHierarchy, features: FeatureGrid, colours: LabImage
    ) -> [ObjectDescriptor] {
        precondition(colours.size == hierarchy.size)
        let leaves = LeafSums(hierarchy: hierarchy, features: features, colours: colours)
        let scale = 1 / Float(max(hierarchy.size.width, hierarchy.size.height))
        let pixelCount = Float(hierarchy.size.pixelCount)
        return hierarchy.nodes.map { node in
            let sums = leaves.total(over: node.leaves)
            return sums.descriptor(
                representation: leaves.representation(over: node.leaves, weight: sums.count), scale: scale,
                pixelCount: pixelCount, objectness: min(1, node.objectness))
        }
    }
}

/// Sums over the pixels of each leaf.
private struct LeafSums {
    private let moments: [PixelSums]
    private let features: [Float]
    private let channelCount: Int

    init(hierarchy: RegionHierarchy, features grid: FeatureGrid, colours: LabImage) {
        let size = hierarchy.size
        var moments = [PixelSums](repeating: PixelSums(), count: hierarchy.leafCount)
        var features = [Float](repeating: 0, count: hierarchy.leafCount * grid.channelCount)
        let channelCount = grid.channelCount
        let labels = hierarchy.leafMap.span
        let values = grid.values.span
        let lightness = colours.lightness.span
        let greenRed = colours.greenRed.span
        let blueYellow = colours.blueYellow.span
        var sums = features.mutableSpan
        for y in 0..<size.height {
            let cellRow = (2 * y + 1) * grid.height / (2 * size.height) * grid.width
            var x = 0
            while x < size.width {
                let leaf = Int(labels[y * size.width + x])
                guard leaf >= 0 else {
                    x += 1
                    continue
                }
                // A run of pixels of one leaf in one cell costs one pass over the channels.
                let cell = (2 * x + 1) * grid.width / (2 * size.width)
                let start = x
                repeat {
                    let pixel = y * size.width + x
                    moments[leaf].add(
                        x: Double(x), y: Double(y), lightness[pixel], greenRed[pixel], blueYellow[pixel])
                    x += 1
                } while x < size.width && Int(labels[y * size.width + x]) == leaf
                    && (2 * x + 1) * grid.width / (2 * size.width) == cell
                let weight = Float(x - start)
                let source = (cellRow + cell) * channelCount
                let target = leaf * channelCount
                for channel in 0..<channelCount {
                    sums[target + channel] = Relaxed.multiplyAdd(
                        weight, values[source + channel], sums[target + channel])
                }
            }
        }
        self.moments = moments
        self.features = features
        self.channelCount = channelCount
    }

    func total(over leaves: Range<Int>) -> PixelSums {
        var total = PixelSums()
        for leaf in leaves { total.add(moments[leaf]) }
        return total
    }

    func representation(over leaves: Range<Int>, weight: Float) -> [Float] {
        var mean = [Float](repeating: 0, count: channelCount)
        for leaf in leaves {
            let start = leaf * channelCount
            for channel in 0..<channelCount { mean[channel] += features[start + channel] }
        }
        if weight > 0 {
            for channel in 0..<channelCount { mean[channel] /= weight }
        }
        return mean
    }
}

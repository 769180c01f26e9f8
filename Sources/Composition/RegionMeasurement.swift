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
                        x: Float(x), y: Float(y), lightness[pixel], greenRed[pixel], blueYellow[pixel])
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

/// Count, first and second moments of position and colour; 16 lanes, four unused.
struct PixelSums {
    private var lanes = SIMD16<Double>()

    var count: Float { Float(lanes[0]) }

    mutating func add(x: Float, y: Float, _ lightness: Float, _ greenRed: Float, _ blueYellow: Float) {
        let x = Double(x)
        let y = Double(y)
        let colour = SIMD4<Double>(Double(lightness), Double(greenRed), Double(blueYellow), 0)
        let place = SIMD8<Double>(1, x, y, x * x, y * y, x * y, 0, 0)
        lanes += SIMD16(lowHalf: place, highHalf: SIMD8(lowHalf: colour, highHalf: colour * colour))
    }

    mutating func add(_ other: PixelSums) {
        lanes += other.lanes
    }

    func descriptor(
        representation: [Float], scale: Float, pixelCount: Float, objectness: Float
    ) -> ObjectDescriptor {
        let count = max(lanes[0], 1)
        let meanX = lanes[1] / count
        let meanY = lanes[2] / count
        // A pixel is a square, not a point: its own second moment is 1/12.
        let xx = lanes[3] / count - meanX * meanX + 1.0 / 12
        let yy = lanes[4] / count - meanY * meanY + 1.0 / 12
        let xy = lanes[5] / count - meanX * meanY
        let half = (xx + yy) / 2
        let spread = ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot()
        var angle = Float.atan2(y: Float(2 * xy), x: Float(xx - yy)) / 2
        if angle < 0 { angle += .pi }
        let means = (0..<3).map { lanes[8 + $0] / count }
        let deviations = (0..<3).map { max(0, lanes[12 + $0] / count - means[$0] * means[$0]).squareRoot() }
        return ObjectDescriptor(
            representation: representation, colour: (means + deviations).map { Float($0) },
            area: Float(lanes[0]) / pixelCount, centreX: (Float(meanX) + 0.5) * scale,
            centreY: (Float(meanY) + 0.5) * scale, majorAxis: Float((half + spread).squareRoot()) * scale,
            minorAxis: Float(max(0, half - spread).squareRoot()) * scale, orientation: angle,
            objectness: objectness)
    }
}

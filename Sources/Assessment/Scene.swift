package import Composition
package import Imaging
package import Inference
internal import LinearAlgebra
internal import Matching
package import Regions
internal import RealModule

/// An image as the networks and the hierarchy see it, ready to be judged against any support set.
package struct Scene: Sendable {
    /// The size of the frame, in whose pixels findings are told.
    package let frameSize: PixelSize

    /// Features after the 5×5 mean filter (ObjectCore 3.2).
    package let features: FeatureGrid

    /// The mean patch feature `f̄`.
    package let meanFeature: [Float]
    package let hierarchy: RegionHierarchy

    /// One descriptor for each node of the hierarchy.
    package let candidates: [ObjectDescriptor]

    /// The image on the hierarchy's grid.
    package let picture: Image

    private let light: SurroundingLight

    package init(image: Image, perception: Perception) {
        frameSize = image.size
        features = perception.features.meanFiltered(size: 5)
        meanFeature = Self.mean(of: features)
        let maps = perception.parts
        hierarchy = RegionHierarchy(of: maps)
        picture = image.resized(to: maps.size)
        let colours = LabImage(picture)
        let light = SurroundingLight(on: colours, around: hierarchy)
        self.light = light
        candidates = RegionMeasurement.descriptors(of: hierarchy, features: features, colours: colours)
            .map { light.removed(from: $0) }
    }

    /// The composition made of some nodes of the hierarchy.
    package func composition(of nodes: [Int]) -> Composition {
        composition(of: nodes.map { DetectedObject(mask: hierarchy.mask(of: $0), descriptor: candidates[$0]) })
    }

    /// The object that these pixels are, whether or not the hierarchy has such a region; nil for an empty mask.
    package func object(of mask: Mask) -> DetectedObject? {
        RegionMeasurement.descriptor(of: mask, features: features, picture: picture).map {
            DetectedObject(mask: mask, descriptor: light.removed(from: $0))
        }
    }

    /// The composition made of these objects, each measured in the context of the others.
    package func composition(of objects: [DetectedObject]) -> Composition {
        var composition = Composition(objects: objects, meanFeature: meanFeature)
        let representations = composition.objects.map(\.descriptor.representation)
        let longSide = Float(max(frameSize.width, frameSize.height))
        let context = Context.vectors(
            of: Matrix(
                rowCount: representations.count, columnCount: meanFeature.count,
                elements: representations.flatMap { $0 }),
            centres: composition.objects.map { SIMD2($0.descriptor.centreX, $0.descriptor.centreY) * longSide },
            neighbourCount: 3)
        for index in composition.objects.indices {
            let start = index * meanFeature.count
            composition.objects[index].descriptor.context = Array(
                context.elements[start..<(start + meanFeature.count)])
        }
        return composition
    }

    private static func mean(of grid: FeatureGrid) -> [Float] {
        var mean = [Float](repeating: 0, count: grid.channelCount)
        let values = grid.values.span
        var sums = mean.mutableSpan
        for cell in 0..<grid.cellCount {
            let start = cell * grid.channelCount
            for channel in 0..<grid.channelCount { sums[channel] += values[start + channel] }
        }
        let scale = 1 / Float(max(grid.cellCount, 1))
        for channel in 0..<sums.count { sums[channel] *= scale }
        return mean
    }
}

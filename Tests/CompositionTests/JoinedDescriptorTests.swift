import Composition
import Imaging
import Inference
import Regions
import Testing

struct JoinedDescriptorTests {
    /// Two regions that touch, their join, and what each measures.
    @Test func twoDescriptorsJoinedAreWhatTheJoinMeasures() throws {
        let size = PixelSize(width: 48, height: 30)
        var object = [Float](repeating: 0, count: size.pixelCount)
        var distance = object
        var pixels: [UInt8] = []
        for y in 0..<size.height {
            for x in 0..<size.width {
                let isLeft = (4..<18).contains(x) && (6..<26).contains(y)
                let isRight = (18..<44).contains(x) && (10..<20).contains(y)
                let index = y * size.width + x
                object[index] = isLeft || isRight ? 0.95 : 0
                let depth =
                    isLeft ? min(x - 4, 17 - x, y - 6, 25 - y) : isRight ? min(x - 18, 43 - x, y - 10, 19 - y) : 0
                distance[index] = Float(depth) / 10
                pixels += [UInt8((7 * x + 3 * y) % 256), UInt8((11 * y) % 256), UInt8((5 * x * y) % 256)]
            }
        }
        let hierarchy = RegionHierarchy(
            of: PartMaps(
                size: size, object: object, boundary: [Float](repeating: 0, count: size.pixelCount),
                distance: distance))
        let features = FeatureGrid(
            height: 5, width: 8, channelCount: 3, values: (0..<120).map { Float($0 * 37 % 101) / 100 })
        let measured = RegionMeasurement.descriptors(
            of: hierarchy, features: features,
            colours: LabImage(Image(width: size.width, height: size.height, pixels: pixels)))
        let index = try #require(hierarchy.nodes.firstIndex { $0.children != nil })
        let children = try #require(hierarchy.nodes[index].children)
        let joined = measured[children.first].joined(with: measured[children.second])
        let whole = measured[index]
        #expect(abs(joined.area - whole.area) < 1e-5)
        #expect(abs(joined.centreX - whole.centreX) < 1e-4 && abs(joined.centreY - whole.centreY) < 1e-4)
        #expect(abs(joined.majorAxis - whole.majorAxis) < 1e-3 && abs(joined.minorAxis - whole.minorAxis) < 1e-3)
        #expect(abs(joined.orientation - whole.orientation) < 1e-2)
        for moment in OutlineMoments.values {
            let difference = joined.outline[keyPath: moment] - whole.outline[keyPath: moment]
            #expect((difference * difference).sum() < 1e-10, "\(moment)")
        }
        for (one, other) in zip(joined.representation, whole.representation) { #expect(abs(one - other) < 1e-3) }
        for (one, other) in zip(joined.colour, whole.colour) { #expect(abs(one - other) < 0.05) }
    }
}

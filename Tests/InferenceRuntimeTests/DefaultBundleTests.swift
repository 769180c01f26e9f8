import Imaging
import Inference
import InferenceRuntime
import Testing

@Suite struct DefaultBundleTests {
    @Test func itGivesNormalisedFeaturesAndProbabilities() throws {
        let model = try BundleModel(
            bundle: DefaultBundle.directory(), requestCount: 1, imageSize: PixelSize(width: 512, height: 512),
            segmenterLongSide: nil)
        let perception = try model.perceive(DefaultBundle.picture())
        let features = perception.features
        try #require(features.height == 64 && features.width == 64 && features.channelCount == 152)
        for cell in 0..<features.cellCount {
            let vector = features.values[cell * 152..<(cell + 1) * 152]
            #expect(abs(vector.prefix(40).reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
            #expect(vector.dropFirst(40).reduce(0) { $0 + $1 * $1 } < 1.0001)
        }
        let maps = perception.parts
        #expect(maps.size == PixelSize(width: 160, height: 160))
        #expect((maps.object + maps.boundary + maps.distance).allSatisfy { (0...1).contains($0) })
        // Discs cover 31 % of the picture: the network must see them, and ground between them.
        let share = Float(maps.object.count { $0 > 0.5 }) / Float(maps.object.count)
        #expect((0.15...0.6).contains(share))
    }

    @Test func wideFramesKeepTheirShape() throws {
        let model = try BundleModel(
            bundle: DefaultBundle.directory(), requestCount: 1, imageSize: PixelSize(width: 1280, height: 720),
            segmenterLongSide: 384)
        #expect(model.featureInputSize == PixelSize(width: 512, height: 288))
        #expect(model.partInputSize == PixelSize(width: 384, height: 224))
        let size = PixelSize(width: 1280, height: 720)
        #expect(try model.perceive(DefaultBundle.picture(size)).features.height == 36)
    }

    @Test func theBundleIsTheOneOfTheProject() throws {
        let manifest = try ModelBundle(opening: DefaultBundle.directory()).manifest
        let features = try #require(manifest.network(for: .features))
        #expect(features.precision == .int8)
        #expect(!features.licence.isEmpty && !features.origin.isEmpty)
        #expect(manifest.network(for: .parts)?.input.longSides == [320, 384, 512])
    }
}

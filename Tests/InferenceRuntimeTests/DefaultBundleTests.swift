import Foundation
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
        try #require(features.height == 80 && features.width == 80 && features.channelCount == 176)
        for cell in 0..<features.cellCount {
            let vector = features.values[cell * 176..<(cell + 1) * 176]
            #expect(abs(vector.prefix(24).reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
            #expect(vector.dropFirst(24).prefix(40).reduce(0) { $0 + $1 * $1 } < 1.0001)
            #expect(vector.dropFirst(64).reduce(0) { $0 + $1 * $1 } < 1.0001)
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
        #expect(model.featureInputSize == PixelSize(width: 384, height: 224))
        #expect(model.partInputSize == model.featureInputSize)
        let size = PixelSize(width: 1280, height: 720)
        #expect(try model.perceive(DefaultBundle.picture(size)).features.height == 56)
    }

    /// Handed to threads of the runtime's own, the networks of two callers would wait for each other's cores.
    @Test func aNetworkRunsOnTheThreadOfItsCaller() throws {
        let model = try BundleModel(
            bundle: DefaultBundle.directory(), requestCount: 2, imageSize: PixelSize(width: 512, height: 512),
            segmenterLongSide: nil)
        let picture = DefaultBundle.picture()
        // What else the machine does only takes from the caller: the best try counts.
        let shares = try (0..<20).map { _ in
            let (start, own) = (ContinuousClock.now, Self.processorTime)
            _ = try model.perceive(picture)
            return (Self.processorTime - own) / (ContinuousClock.now - start)
        }
        #expect(try #require(shares.max()) > 0.4)
    }

    private static var processorTime: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    @Test func theBundleIsTheOneOfTheProject() throws {
        let manifest = try ModelBundle(opening: DefaultBundle.directory()).manifest
        let network = try #require(manifest.network(for: .whole))
        #expect(manifest.networks.count == 1 && network.precision == .int8)
        #expect(!network.licence.isEmpty && !network.origin.isEmpty)
        #expect(network.input.longSides == [320, 384, 512])
        #expect(try #require(network.file(for: .int8)).bytes <= 4_000_000)
        #expect(try #require(network.file(for: .fp32)).bytes <= 16_000_000)
    }
}

import Foundation
import Imaging
import Inference
import InferenceRuntime
import Synchronization
import Testing

@Suite struct BundleModelTests {
    private func model(_ bundle: TinyBundle, requestCount: Int = 1) throws -> BundleModel {
        try BundleModel(
            bundle: bundle.directory, requestCount: requestCount, imageSize: TinyBundle.imageSize,
            segmenterLongSide: nil)
    }

    private func problem(_ bundle: TinyBundle) throws -> String {
        do {
            _ = try model(bundle)
        } catch InferenceError.badBundle(_, let problem) {
            return problem
        }
        Issue.record("the bundle was taken")
        return ""
    }

    private func maps(_ perception: Perception) throws -> PartMaps {
        perception.parts
    }

    @Test func theAnswersAreThoseOfAnotherRuntime() throws {
        let answers = try TinyBundle.answers()
        let perception = try model(TinyBundle()).perceive(TinyBundle.picture)
        let features = perception.features
        #expect(features.height == 4 && features.width == 8 && features.channelCount == 10)
        try #require(features.values.count == answers.features.count)
        let difference = zip(features.values, answers.features).map { abs($0 - $1) }.max()
        #expect(try #require(difference) < 2e-5)

        let maps = try maps(perception)
        #expect(maps.size == PixelSize(width: 32, height: 16))
        let found = maps.object + maps.boundary + maps.distance
        try #require(found.count == answers.parts.count)
        #expect(try #require(zip(found, answers.parts).map { abs($0 - $1) }.max()) < 2e-5)
    }

    @Test func oneNetworkForTheWholeAnswersAsTwoDo() throws {
        let two = try model(TinyBundle()).perceive(TinyBundle.picture)
        let whole = try model(TinyBundle(whole: "whole"))
        #expect(whole.featureInputSize == whole.partInputSize)
        let one = try whole.perceive(TinyBundle.picture)
        #expect(one.features == two.features)
        #expect(one.parts.object == two.parts.object && one.parts.boundary == two.parts.boundary)
        #expect(one.parts.distance == two.parts.distance)
    }

    @Test func theLongSideAskedForIsThatOfTheWhole() throws {
        let bundle = try TinyBundle(whole: "whole")
        let model = try BundleModel(
            bundle: bundle.directory, requestCount: 1, imageSize: TinyBundle.imageSize, segmenterLongSide: 128)
        let perception = try model.perceive(TinyBundle.picture)
        #expect(perception.parts.size == PixelSize(width: 64, height: 32))
        #expect(perception.features.width == 16 && perception.features.height == 8)
    }

    @Test func aBundleThatLacksANetworkIsRefused() throws {
        let bundle = try TinyBundle()
        try bundle.replace("\"role\":\"parts\"", with: "\"role\":\"features\"")
        #expect(try problem(bundle).contains("two networks have the same role"))
    }

    @Test func aLetterboxedPictureGivesItsOwnCellsOnly() throws {
        let letterboxed = try TinyBundle()
        try letterboxed.replace("\"aspect\"", with: "\"letterbox\"")
        let answers = try TinyBundle.answers()
        let wide = try model(letterboxed)
        #expect(wide.featureInputSize == PixelSize(width: 64, height: 64))
        let perception = try wide.perceive(TinyBundle.picture)
        #expect(perception.features.height == 4 && perception.features.width == 8)
        #expect(perception.parts.size == PixelSize(width: 32, height: 16))
        try #require(perception.features.values.count == answers.features.count)
        #expect(try #require(zip(perception.features.values, answers.features).map { abs($0 - $1) }.max()) < 2e-5)

        // A tall picture covers the beginning of each row.
        let tall = PixelSize(width: 32, height: 64)
        let picture = Image(width: 32, height: 64, pixels: TinyBundle.picture.pixels)
        func perceive(_ bundle: TinyBundle) throws -> Perception {
            try BundleModel(bundle: bundle.directory, requestCount: 1, imageSize: tall, segmenterLongSide: nil)
                .perceive(picture)
        }
        let expected = try perceive(TinyBundle())
        let found = try perceive(letterboxed)
        #expect(found.features.height == 8 && found.features.width == 4)
        #expect(found.features.values.count == expected.features.values.count)
        #expect(try #require(zip(found.features.values, expected.features.values).map { abs($0 - $1) }.max()) < 1e-6)
        #expect(found.parts.size == expected.parts.size)
        #expect(try #require(zip(found.parts.boundary, expected.parts.boundary).map { abs($0 - $1) }.max()) < 1e-6)
    }

    @Test func fourThreadsOnTwoRequestsGetTheAnswerOfOne() throws {
        let model = try model(TinyBundle(), requestCount: 2)
        let expected = try model.perceive(TinyBundle.picture)
        let wrong = Atomic<Int>(0)
        let done = Atomic<Int>(0)
        let threads = (0..<4).map { _ in
            Thread {
                for _ in 0..<200 {
                    do {
                        let answer = try model.perceive(TinyBundle.picture)
                        guard answer.features == expected.features,
                            answer.parts.object == expected.parts.object
                        else {
                            wrong.add(1, ordering: .relaxed)
                            continue
                        }
                    } catch {
                        wrong.add(1, ordering: .relaxed)
                    }
                }
                done.add(1, ordering: .releasing)
            }
        }
        threads.forEach { $0.start() }
        let deadline = ContinuousClock.now + .seconds(60)
        while done.load(ordering: .acquiring) < 4, ContinuousClock.now < deadline { usleep(1000) }
        #expect(done.load(ordering: .acquiring) == 4)
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test func aFrameOfAnotherSizeIsBroughtToTheNetworksShape() throws {
        let model = try model(TinyBundle())
        let perception = try model.perceive(Image(width: 5, height: 300, pixels: [UInt8](repeating: 9, count: 4500)))
        #expect(perception.features.width == 8 && perception.features.height == 4)
    }

    @Test func anotherLongSideGivesFinerMaps() throws {
        let bundle = try TinyBundle()
        let model = try BundleModel(
            bundle: bundle.directory, requestCount: 1, imageSize: TinyBundle.imageSize, segmenterLongSide: 128)
        #expect(try maps(model.perceive(TinyBundle.picture)).size == PixelSize(width: 64, height: 32))
        #expect(throws: InferenceError.self) {
            try BundleModel(
                bundle: bundle.directory, requestCount: 1, imageSize: TinyBundle.imageSize, segmenterLongSide: 96)
        }
    }

    @Test func anOutputOfAnotherShapeIsRefusedAtTheStart() throws {
        #expect(try problem(TinyBundle(features: "features-wrong-channels")).contains("[1, 5, 4, 8]"))
        #expect(try problem(TinyBundle(features: "features-wrong-stride")).contains("[1, 4, 8, 16]"))
    }

    @Test func aMissingOutputIsRefusedAtTheStart() throws {
        #expect(try problem(TinyBundle(features: "features-no-output")).contains("stride16"))
    }

    @Test func aNetworkWithTwoInputsIsRefused() throws {
        #expect(try problem(TinyBundle(features: "features-two-inputs")).contains("2 inputs"))
    }

    @Test func aNetworkThatAnswersNotANumberIsRefusedAtTheStart() throws {
        #expect(try problem(TinyBundle(features: "features-nan")).contains("not finite"))
        #expect(try problem(TinyBundle(parts: "parts-infinite")).contains("not finite"))
    }

    @Test func aFileThatIsNoNetworkIsRefused() throws {
        #expect(try problem(TinyBundle(features: "not-a-network")).contains("cannot be read as a network"))
    }

    @Test func aTruncatedNetworkIsRefusedBeforeItIsRead() throws {
        let bundle = try TinyBundle()
        let path = bundle.path("features.onnx")
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 1000)
        #expect(try problem(bundle).contains("1000 bytes instead of"))
    }

    @Test func anImageSizeThatNoCameraHasIsRefused() throws {
        let bundle = try TinyBundle()
        for size in [PixelSize(width: 0, height: 10), PixelSize(width: 1 << 40, height: 3)] {
            #expect(throws: InferenceError.self) {
                try BundleModel(bundle: bundle.directory, requestCount: 1, imageSize: size, segmenterLongSide: nil)
            }
        }
    }

    @Test func theIdentityNamesTheManifestByItsDigest() throws {
        let bundle = try TinyBundle()
        let bytes = try Data(contentsOf: URL(filePath: bundle.path("model.json")))
        let identity = try model(bundle).identity
        #expect(
            identity == ModelIdentity(name: "tiny", digest: ModelBundle.digest(of: [UInt8](bytes)), precision: "fp32"))
    }
}

import Foundation
import Imaging
import Inference
import InferenceRuntime
import Testing

@Suite struct PrecisionReportTests {
    private func timing(_ precision: Precision, _ milliseconds: Double, isAsNamed: Bool = true) -> PrecisionTiming {
        let count = isAsNamed ? 9 : 0
        return PrecisionTiming(
            precision: precision, milliseconds: milliseconds,
            kernels: [
                KernelReport(
                    network: "net", precision: precision, int8Count: count, bfloat16Count: count, convolutionCount: 9)
            ])
    }

    @Test func theBundlesOwnStaysUnlessAnotherIsClearlyFaster() {
        let close = PrecisionReport(timings: [timing(.int8, 20), timing(.bf16, 15.5), timing(.fp32, 50)])
        #expect(close.choice == .int8)
        let clear = PrecisionReport(timings: [timing(.int8, 20), timing(.bf16, 14.5), timing(.fp32, 50)])
        #expect(clear.choice == .bf16)
        #expect(PrecisionReport(timings: [timing(.fp32, 20)]).choice == .fp32)
        #expect(PrecisionReport(timings: []).choice == nil)
    }

    @Test func withoutItsKernelsTheBundlesOwnIsNotChosen() {
        let report = PrecisionReport(
            timings: [timing(.int8, 20, isAsNamed: false), timing(.bf16, 60, isAsNamed: false), timing(.fp32, 50)])
        #expect(report.lacksOwnKernels && report.choice == .fp32)
        #expect(PrecisionReport(timings: [timing(.int8, 20, isAsNamed: false)]).choice == .int8)
    }

    @Test func theDefaultBundleIsMeasuredInAllItsPrecisions() throws {
        let bundle = try DefaultBundle.directory()
        let clock = ContinuousClock()
        let start = clock.now
        let report = try PrecisionReport(measuring: bundle, within: .seconds(300))
        #expect(clock.now - start < .seconds(300))
        #expect(report.timings.first?.precision == .int8)
        #expect(report.timings.contains { $0.precision == .fp32 })
        for timing in report.timings {
            #expect((0.1...10_000).contains(timing.milliseconds))
            #expect(timing.kernels.map(\.network) == ["partnet"])
        }
        let own = try #require(report.timings.first)
        #expect(own.isAsNamed, "8-bit networks run on 8-bit kernels")
        for kernels in own.kernels where kernels.precision == .int8 {
            #expect(kernels.int8Count * 2 > kernels.convolutionCount)
        }
        let floats = try #require(report.timings.last { $0.precision == .fp32 })
        #expect(floats.kernels.allSatisfy { $0.int8Count == 0 && $0.bfloat16Count == 0 })
    }

    @Test func timeThatIsUpEndsTheMeasuringAfterTheBundlesOwn() throws {
        let report = try PrecisionReport(measuring: DefaultBundle.directory(), within: .zero)
        #expect(report.timings.map(\.precision) == [.int8])
    }

    @Test func aModelRunsInThePrecisionAskedForAndSaysSo() throws {
        let bundle = try DefaultBundle.directory()
        func model(_ precision: Precision?) throws(InferenceError) -> BundleModel {
            try BundleModel(
                bundle: bundle, requestCount: 1, imageSize: PixelSize(width: 256, height: 256), segmenterLongSide: nil,
                precision: precision)
        }
        let picture = DefaultBundle.picture()
        let eight = try model(nil)
        let floats = try model(.fp32)
        #expect(eight.identity.precision == "int8" && floats.identity.precision == "fp32")
        #expect(eight.identity.digest == floats.identity.digest)
        let difference = zip(
            try eight.perceive(picture).features.values, try floats.perceive(picture).features.values
        ).map { abs($0 - $1) }.max()
        #expect(try #require(difference) > 1e-3, "other kernels give other numbers")
        do throws(InferenceError) {
            let half = try model(.bf16)
            #expect(half.identity.precision == "bf16")
        } catch {
            #expect(error == .precisionMissing(.bf16), "\(error)")
        }
    }

    @Test func aMeasurementIsKeptAndADamagedOneIsMadeAgain() throws {
        let bundle = try TinyBundle()
        let folder = bundle.path("cache")
        let cache = PrecisionCache(folder: folder)
        #expect(try cache.known(of: bundle.directory) == nil)
        _ = try cache.report(of: bundle.directory, keeps: false)
        #expect(try cache.known(of: bundle.directory) == nil)
        let report = try cache.report(of: bundle.directory)
        #expect(report.timings.map(\.precision) == [.fp32])
        #expect(try cache.known(of: bundle.directory) == report)
        // Timing twice gives other numbers: the same ones were read.
        #expect(try cache.report(of: bundle.directory) == report)

        let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/precision")
        let file = URL(filePath: "\(folder)/precision/\(try #require(files.first))")
        for text in ["", "{}", "{\"timings\":[]}", "[1", String(repeating: "x", count: 100_000)] {
            try Data(text.utf8).write(to: file)
            #expect(try cache.known(of: bundle.directory) == nil)
        }
        #expect(try cache.report(of: bundle.directory).timings.count == 1)
        // Another bundle is another measurement.
        try bundle.replace("\"version\":\"1\"", with: "\"version\":\"2\"")
        #expect(try cache.known(of: bundle.directory) == nil)
    }

    @Test func aFolderThatCannotBeWrittenToKeepsNothingAndHarmsNothing() throws {
        let bundle = try TinyBundle()
        #expect(try PrecisionCache(folder: "/proc/nowhere").report(of: bundle.directory).timings.count == 1)
        #expect(try PrecisionCache(folder: nil).known(of: bundle.directory) == nil)
    }
}

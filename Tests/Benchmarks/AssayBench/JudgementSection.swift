internal import Assessment
internal import CAllocations
internal import Foundation
internal import Imaging
internal import Inference
internal import InferenceRuntime
internal import SupportSets
internal import Verdicts

/// Everything after the networks and the trees, in processor time of one core: twenty objects, four support images, the
/// default bundle.
///
/// Many frames are judged, so that memory that grew would show.
struct JudgementSection {
    private static let budget = 5.0
    private static let frameCount = 10_000

    /// Pieces of memory that may live on after all frames which did not after the first thousand.
    private static let mostGrowth: Int64 = 100

    /// Pieces of memory that one frame may ask for: a few for each candidate of the tree, none for each patch or pixel.
    private static let mostAllocations = 1024

    func run() throws -> [BenchEntry] {
        guard let bundle = CacheFolder.defaultBundle else { throw BenchError(description: "no model bundle was made") }
        let tray = DrawnTray()
        let model = try BundleModel(
            bundle: bundle, requestCount: 1, imageSize: tray.image(variant: 0).size, segmenterLongSide: nil)
        let set = try tray.enrolled((0..<4).map { tray.image(variant: $0) }, with: model)
        let seen = set.logical.images.map(\.objects.count)
        let scenes = try (4..<12).map { try scene(tray.image(variant: $0, isWhole: $0 % 2 == 0), with: model) }
        let cases: [(name: String, method: Method, isAligned: Bool)] = [
            ("fixed places", .assay, true), ("free places", .assay, false),
        ]
        print("judgement after networks and trees, \(seen) objects in the support images, one core, ms")
        print("                    p50     p95   allocations a frame   alive after \(Self.frameCount) frames")
        return try cases.map { name, method, isAligned in
            let assessor = try Assessor(model: model, set: set.searched(isAligned: isAligned), method: method)
            var times: [Double] = []
            times.reserveCapacity(Self.frameCount)
            var (alive, asked) = (Int64(0), UInt64(0))
            for frame in 0..<Self.frameCount {
                if frame == 1000 { (alive, asked) = (assay_allocations_alive(), assay_allocation_count()) }
                let start = ProcessorTime.milliseconds
                _ = try assessor.assess(scenes[frame % scenes.count])
                times.append(ProcessorTime.milliseconds - start)
            }
            let growth = assay_allocations_alive() - alive
            let asks = Int(assay_allocation_count() - asked) / (Self.frameCount - 1000)
            guard growth <= Self.mostGrowth else {
                throw BenchError(description: "\(growth) pieces of memory live on after \(Self.frameCount) frames")
            }
            guard asks <= Self.mostAllocations else {
                throw BenchError(description: "a judgement asks for memory \(asks) times")
            }
            times.sort()
            let (middle, high) = (times[times.count / 2], times[times.count * 95 / 100])
            let label = name.padding(toLength: 14, withPad: " ", startingAt: 0)
            print("  \(label)" + String(format: "%7.2f %7.2f %21d %7d", middle, high, asks, growth))
            return BenchEntry(
                name: "judgement p95, \(name)", oursMilliseconds: high, peer: "budget",
                peerMilliseconds: Self.budget, leastRatio: 1)
        }
    }

    private func scene(_ image: Image, with model: BundleModel) throws -> Scene {
        var timings = StageTimings()
        return try Scene(perceiving: image, with: model, timings: &timings)
    }
}

internal import Assessment
internal import Enrolment
internal import Foundation
internal import Imaging
internal import Inference
internal import InferenceRuntime
internal import Synchronization
internal import SupportSets
internal import Verdicts

/// Frame → verdict with the default bundle: 512×512 pictures, four support images, on one core and on two.
///
/// There is no peer for the whole judgement yet, so the figures stand against the budgets that the product sets itself.
struct FrameSection {
    private static let rounds = 10
    private static let frameBudget = 100.0
    private static let judgementBudget = 15.0
    private static let readyBudget = 3000.0

    /// Frames of two workers, in those of one. Whatever else the box does only takes away from it: the best try counts.
    private static let leastScaling = 1.8
    private static let scalingTries = 3

    /// Cores; where others took more of the box, it says nothing of how workers share two.
    private static let mostOthers = 0.1

    /// The folder with `good-1` and `frames`.
    let pictures: String

    func run() throws -> [BenchEntry] {
        guard let bundle = CacheFolder.defaultBundle else { throw BenchError(description: "no model bundle was made") }
        let clock = ContinuousClock()
        let images = try Self.images(in: pictures + "/frames")
        let start = clock.now
        let model = try BundleModel(
            bundle: bundle, requestCount: 2, imageSize: images[0].size, segmenterLongSide: nil)
        let ready = clock.now - start
        let set = try enrolled(with: model)
        let assessor = try Assessor(model: model, set: set, method: .assay)
        for image in images { _ = try assessor.assess(image) }

        let load = MachineLoad()
        var (single, double) = try runs(images, by: assessor)
        for _ in 1..<Self.scalingTries where double.rate < single.rate * Self.leastScaling {
            let (one, two) = try runs(images, by: assessor)
            if two.rate / one.rate > double.rate / single.rate { (single, double) = (one, two) }
        }
        let others = load.others
        print("frame → verdict, default bundle (\(model.identity.precision)), 512×512, 4 support images, ms")
        print("  workers     p50     p95   frames/s")
        for run in [single, double] {
            print(String(format: "  %7d %7.1f %7.1f %10.1f", run.workers, run.total(0.5), run.total(0.95), run.rate))
        }
        print("  by stage, p50 / p95, of one worker and of two")
        for (name, stage) in Self.stages {
            let figures = [single, double].flatMap { [$0.stage(stage, 0.5), $0.stage(stage, 0.95)] }
            print(
                "  " + name.padding(toLength: 12, withPad: " ", startingAt: 0)
                    + figures.map { String(format: "%8.2f", $0) }.joined())
        }
        let rest = single.percentile(0.95) { $0.timings.decoded + $0.timings.matched }
        let resident = try Self.residentMegabytes()
        print(String(format: "  networks ready after %.0f ms; resident %.0f MB", ready / .milliseconds(1), resident))
        print(String(format: "  two workers give %.2f times the frames of one", double.rate / single.rate))
        if others > Self.mostOthers {
            print(String(format: "  which is not held against it: other programs kept %.1f cores busy", others))
        }
        return [
            BenchEntry(
                name: "frame p95, one worker", oursMilliseconds: single.total(0.95), peer: "budget",
                peerMilliseconds: Self.frameBudget),
            BenchEntry(
                name: "all but networks and hierarchy p95", oursMilliseconds: rest, peer: "budget",
                peerMilliseconds: Self.judgementBudget),
            BenchEntry(
                name: "networks ready", oursMilliseconds: ready / .milliseconds(1), peer: "budget",
                peerMilliseconds: Self.readyBudget),
            BenchEntry(
                name: "time per frame, two workers", oursMilliseconds: 1000 / double.rate, peer: "one worker",
                peerMilliseconds: 1000 / single.rate,
                leastRatio: ProcessInfo.processInfo.activeProcessorCount > 1 && others <= Self.mostOthers
                    ? Self.leastScaling : nil),
        ]
    }

    private static let stages: [(String, @Sendable (StageTimings) -> Duration)] = [
        ("features", \.features), ("objects", \.objects), ("hierarchy", \.hierarchy), ("matched", \.matched),
    ]

    private static func images(in folder: String) throws -> [Image] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            try Image(contentsOf: folder + "/" + $0)
        }
    }

    private func enrolled(with model: BundleModel) throws -> SupportSet {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-bench-\(getpid())")
        let support = try FileManager.default.contentsOfDirectory(atPath: pictures + "/good-1").sorted().map { name in
            let path = pictures + "/good-1/" + name
            let bytes = try Image.fileBytes(at: path)
            return SupportPicture(name: name, bytes: bytes, image: try Image(decodingFile: bytes))
        }
        let set = try Enroller(model: model, segmenterLongSide: model.segmenterLongSide).enrol(
            support, name: "bench", version: "1", into: folder.path, replacing: true
        ) { _ in }
        // The bank stays mapped after its file is gone.
        try FileManager.default.removeItem(at: folder)
        return set
    }

    private func runs(_ images: [Image], by assessor: Assessor) throws -> (FrameRun, FrameRun) {
        (try judged(images, by: assessor, workers: 1), try judged(images, by: assessor, workers: 2))
    }

    /// Judges every picture several times; workers take the next one from a common counter.
    private func judged(_ images: [Image], by assessor: Assessor, workers: Int) throws -> FrameRun {
        let jobs = images.count * Self.rounds
        let next = Mutex(0)
        let results = Mutex<[FrameRun.Sample]>([])
        let failure = Mutex<String?>(nil)
        let clock = ContinuousClock()
        let start = clock.now
        let work: @Sendable () -> Void = {
            while true {
                let index = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < jobs else { return }
                let begin = clock.now
                do {
                    let assessment = try assessor.assess(images[index % images.count])
                    let total = clock.now - begin
                    results.withLock { $0.append(FrameRun.Sample(timings: assessment.timings, total: total)) }
                } catch {
                    failure.withLock { $0 = "\(error)" }
                    return
                }
            }
        }
        let threads = (0..<workers).map { _ in BenchThread(work) }
        for thread in threads { thread.join() }
        if let problem = failure.withLock({ $0 }) { throw BenchError(description: problem) }
        return FrameRun(workers: workers, samples: results.withLock { $0 }, elapsed: clock.now - start)
    }

    private static func residentMegabytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return .nan }
        return kilobytes / 1024
    }
}

/// What one run over all pictures measured.
struct FrameRun {
    struct Sample {
        let timings: StageTimings
        let total: Duration
    }

    let workers: Int
    let samples: [Sample]
    let elapsed: Duration

    var rate: Double { Double(samples.count) / (elapsed / .seconds(1)) }

    func total(_ share: Double) -> Double { percentile(share) { $0.total } }

    func stage(_ stage: (StageTimings) -> Duration, _ share: Double) -> Double {
        percentile(share) { stage($0.timings) }
    }

    func percentile(_ share: Double, _ value: (Sample) -> Duration) -> Double {
        let sorted = samples.map { value($0) / .milliseconds(1) }.sorted()
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}

/// A thread that runs one closure.
final class BenchThread: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () -> Void) {
        let done = done
        Thread.detachNewThread {
            body()
            done.signal()
        }
    }

    func join() { done.wait() }
}

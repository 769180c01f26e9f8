internal import Assessment
internal import Enrolment
internal import Foundation
internal import Imaging
internal import Inference
internal import InferenceRuntime
internal import SupportSets
internal import Verdicts

/// Whole frames, pixels to verdict, against the same work written in Python: OpenVINO's own interface, NumPy, SciPy and
/// FAISS. In processor time of one core, the best of some rounds.
struct PipelineSection {
    private static let rounds = 15
    private static let supportCount = 4
    private static let frameCount = 8

    private static let leastRatio = 3.0

    let python: String

    private struct PeerResult: Decodable {
        let ms: Double
        let networks: Double
        let scores: [Float]
        let objects: [Int]
    }

    func run() throws -> [BenchEntry] {
        guard let bundle = CacheFolder.defaultBundle else { throw BenchError(description: "no model bundle was made") }
        let tray = DrawnTray()
        let support = (0..<Self.supportCount).map { tray.image(variant: $0) }
        let frames = (0..<Self.frameCount).map { tray.image(variant: 4 + $0, isWhole: $0 % 2 == 0) }
        let peer = try measurePeer(support: support, frames: frames, bundle: bundle)

        let model = try BundleModel(bundle: bundle, requestCount: 1, imageSize: frames[0].size, segmenterLongSide: nil)
        let set = try tray.enrolled(support, with: model).searched(isAligned: false)
        let assessor = try Assessor(model: model, set: set, method: .assay)
        for frame in frames { _ = try assessor.assess(frame) }
        var ours = Double.infinity
        var scores: [Float] = []
        for _ in 0..<Self.rounds {
            let start = ProcessorTime.ofProcess
            scores = try frames.map { try assessor.assess($0).score ?? 0 }
            ours = min(ours, (ProcessorTime.ofProcess - start) / Double(frames.count))
        }
        guard Self.defectsStandOut(scores), Self.defectsStandOut(peer.scores) else {
            throw BenchError(description: "defects do not stand out: ours \(scores), the peer's \(peer.scores)")
        }
        print("frame → verdict against Python, \(set.logical.images.map(\.objects.count)) objects, ms of one core")
        print("            a frame   frames/s   beside the networks")
        for (name, time) in [("ours", ours), ("Python", peer.ms)] {
            print(
                "  " + name.padding(toLength: 8, withPad: " ", startingAt: 0)
                    + String(format: "%9.1f %10.1f %21.1f", time, 1000 / time, time - peer.networks))
        }
        return [
            BenchEntry(
                name: "frame → verdict", oursMilliseconds: ours, peer: "Python", peerMilliseconds: peer.ms,
                leastRatio: Self.leastRatio)
        ]
    }

    /// Every second frame has a defect: each of these scores more than any other.
    private static func defectsStandOut(_ scores: [Float]) -> Bool {
        let good = scores.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        let bad = scores.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        return (good.max() ?? 0) < (bad.min() ?? 0)
    }

    private func measurePeer(support: [Image], frames: [Image], bundle: String) throws -> PeerResult {
        var file = PeerFile("frames")
        for count in [support.count, frames.count, frames[0].height, frames[0].width] { file.append(Int64(count)) }
        for image in support + frames { file.append(image.pixels) }
        try file.write()
        let peer = PythonPeer(python: python, script: "frame_peer.py")
        let lines = try peer.lines([bundle, file.path, "\(Self.rounds)"])
        guard let line = lines.last else { throw BenchError(description: "\(peer.script) answered nothing") }
        return try JSONDecoder().decode(PeerResult.self, from: line)
    }
}

internal import Enrolment
internal import Foundation
internal import Imaging
internal import InferenceRuntime

/// Eight good pictures → support set, by time and by the memory that the whole program comes to.
struct EnrolmentSection {
    private static let secondsBudget = 120.0
    private static let megabytesBudget = 600.0
    private static let pictureCount = 8

    /// The folder with `good-1` and `frames`.
    let pictures: String

    func run() throws -> [BenchEntry] {
        guard let bundle = CacheFolder.defaultBundle else { throw BenchError(description: "no model bundle was made") }
        let paths = try ["good-1", "frames"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: pictures + "/" + folder).sorted().map {
                pictures + "/" + folder + "/" + $0
            }
        }
        // What the pictures show does not matter here.
        let support = try (0..<Self.pictureCount).map { index in
            let path = paths[index % paths.count]
            let bytes = try Image.fileBytes(at: path)
            return SupportPicture(name: "\(index).png", bytes: bytes, image: try Image(decodingFile: bytes))
        }
        let model = try BundleModel(
            bundle: bundle, requestCount: 1, imageSize: support[0].image.size, segmenterLongSide: nil)
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-bench-enrolment-\(getpid())")
        let clock = ContinuousClock()
        let start = clock.now
        _ = try Enroller(model: model, segmenterLongSide: model.segmenterLongSide).enrol(
            support, name: "bench", version: "1", into: folder.path, replacing: true
        ) { _ in }
        let seconds = (clock.now - start) / .seconds(1)
        try FileManager.default.removeItem(at: folder)
        let megabytes = try Self.peakMegabytes()
        print("enrolment of \(Self.pictureCount) pictures, one core, models included")
        print(
            String(
                format: "  %.1f s of %.0f, peak %.0f MB of %.0f", seconds, Self.secondsBudget, megabytes,
                Self.megabytesBudget))
        guard megabytes <= Self.megabytesBudget else {
            throw BenchError(description: "enrolment came to \(Int(megabytes)) MB")
        }
        return [
            BenchEntry(
                name: "enrolment of \(Self.pictureCount) pictures", oursMilliseconds: 1000 * seconds, peer: "budget",
                peerMilliseconds: 1000 * Self.secondsBudget)
        ]
    }

    private static func peakMegabytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { throw BenchError(description: "/proc/self/status does not tell the peak") }
        return kilobytes / 1024
    }
}

import Foundation
import Imaging
import Inference

/// A bundle of tiny networks in a folder of its own, removed with the value. The networks are made by
/// `Tools/fixtures/tiny_models.py`.
final class TinyBundle {
    /// The answers that another runtime gives for `TinyBundle.picture`.
    struct Answers: Decodable {
        let width: Int
        let height: Int

        /// Ordered y, x, channel.
        let features: [Float]

        /// Object, boundary and distance, a plane each.
        let parts: [Float]
    }

    static let imageSize = PixelSize(width: 64, height: 32)

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/models")

    let directory: String

    /// - Parameters:
    ///   - change: what is to be wrong with the manifest.
    init(
        features: String = "features", parts: String = "parts",
        change: (NetworkDescription) -> NetworkDescription = { $0 }
    ) throws {
        directory = try Self.folder()
        try write([
            change(network(.features, file: features, outputs: Self.levels)),
            change(network(.parts, file: parts, outputs: [Self.maps])),
        ])
    }

    /// One network that answers as the two do.
    init(whole file: String) throws {
        directory = try Self.folder()
        try write([network(.whole, file: file, outputs: [Self.maps] + Self.levels)])
    }

    private static let levels = [
        NetworkOutput(level: "stride8", stride: 8, channelCount: 4),
        NetworkOutput(level: "stride16", stride: 16, channelCount: 6),
    ]
    private static let maps = NetworkOutput(partMaps: "maps", stride: 2, values: .logits)

    private static func folder() throws -> String {
        let path = NSTemporaryDirectory() + "assay-bundle-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func write(_ networks: [NetworkDescription]) throws {
        let manifest = ModelManifest(name: "tiny", version: "1", networks: networks)
        try JSONEncoder().encode(manifest).write(to: URL(filePath: path("model.json")))
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            print("left behind: \(directory): \(error)")
        }
    }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Changes the manifest's text.
    func replace(_ old: String, with new: String) throws {
        let url = URL(filePath: path("model.json"))
        let text = try String(contentsOf: url, encoding: .utf8)
        precondition(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: url)
    }

    static func answers() throws -> Answers {
        try JSONDecoder().decode(Answers.self, from: Data(contentsOf: fixtures.appending(path: "answers.json")))
    }

    /// The picture of `answers`.
    static var picture: Image {
        var pixels: [UInt8] = []
        for y in 0..<imageSize.height {
            for x in 0..<imageSize.width {
                for channel in 0..<3 {
                    pixels.append(UInt8(truncatingIfNeeded: x * 7 + y * 13 + channel * 29 + x * y))
                }
            }
        }
        return Image(width: imageSize.width, height: imageSize.height, pixels: pixels)
    }

    private func network(
        _ role: NetworkRole, file: String, outputs: [NetworkOutput]
    ) throws -> NetworkDescription {
        let data = try Data(contentsOf: Self.fixtures.appending(path: "\(file).onnx"))
        let name = "\(role.rawValue).onnx"
        try data.write(to: URL(filePath: path(name)))
        return NetworkDescription(
            role: role, name: role.rawValue, licence: "Apache-2.0", origin: "made for the tests", doubts: "",
            precision: .fp32,
            files: [
                NetworkFile(
                    precision: .fp32, path: name, sha256: ModelBundle.digest(of: [UInt8](data)), bytes: data.count)
            ],
            input: NetworkInput(
                name: "x", fit: .aspect, longSides: [64, 128], defaultLongSide: 64, multipleOf: 16,
                mean: [0.498, 0.498, 0.498], deviation: [0.502, 0.502, 0.502]),
            outputs: outputs)
    }
}

import Foundation
import Imaging

/// A temporary folder of small pictures; removed at the end of its life.
final class ImageFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Pictures of 4×4 pixels, PNG or JPEG by their names' endings.
    func write(_ names: [String]) throws {
        let image = Image(width: 4, height: 4, pixels: [UInt8](repeating: 128, count: 48))
        for name in names {
            try write(name, bytes: name.hasSuffix("png") ? image.png() : image.jpeg(quality: 90))
        }
    }

    /// Appears whole, as a file moved into place.
    func write(_ name: String, bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path).appendingPathComponent(name), options: .atomic)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("cannot remove \(path): \(error)")
        }
    }
}

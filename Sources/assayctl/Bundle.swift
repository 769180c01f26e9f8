internal import ArgumentParser
internal import Glibc
internal import Imaging
internal import Inference
internal import InferenceRuntime

/// The model bundle a command works with.
struct BundleOptions: ParsableArguments {
    @Option(name: .customLong("model"), help: "The model bundle's folder; the installed one unless given.")
    var directory: String?

    /// The bundle of a package, else the one that the set-up made.
    private static func installed() throws -> String {
        let packaged = "/usr/share/assay/models/default"
        if unsafe access(packaged + "/model.json", R_OK) == 0 { return packaged }
        guard let made = CacheFolder.defaultBundle else {
            throw CommandFailure.badInput("no model bundle is installed; name one with --model")
        }
        return made
    }

    /// The bundle's folder.
    func path() throws -> String { try directory ?? Self.installed() }

    /// Opens the bundle for pictures of one size.
    ///
    /// - Parameter precision: nil for the bundle's own.
    func open(
        imageSize: PixelSize, segmenterLongSide: Int? = nil, precision: Precision? = nil
    ) throws -> BundleModel {
        do {
            return try BundleModel(
                bundle: path(), requestCount: 1, imageSize: imageSize,
                segmenterLongSide: segmenterLongSide, precision: precision)
        } catch {
            throw CommandFailure.badInput("\(error)")
        }
    }
}

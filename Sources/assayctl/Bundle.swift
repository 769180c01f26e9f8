internal import ArgumentParser
internal import Glibc
internal import Imaging
internal import Inference
internal import InferenceRuntime

/// The model bundle a command works with.
struct BundleOptions: ParsableArguments {
    @Option(name: .customLong("model"), help: "The model bundle's folder; the installed one unless given.")
    var directory: String?

    /// Opens the bundle for pictures of one size.
    func open(imageSize: PixelSize, segmenterLongSide: Int? = nil) throws -> BundleModel {
        do {
            return try BundleModel(
                bundle: directory ?? BundleLocation.installed, requestCount: 1, imageSize: imageSize,
                segmenterLongSide: segmenterLongSide)
        } catch {
            throw CommandFailure.badInput("\(error)")
        }
    }
}

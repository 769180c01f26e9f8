internal import Glibc
internal import Inference
internal import InferenceRuntime
package import Settings

/// The station's model bundle, opened once for each shape.
package enum BundleModels {
    /// Where the package puts the bundle that comes with it.
    package static let installed = "/usr/share/assay/models/default"

    /// The bundle's folder: the one the settings name, else the one the set-up made for this user, else the installed one.
    package static func directory(for choice: ModelChoice) -> String {
        switch choice {
        case .directory(let path): path
        case .installed:
            // A daemon's user may have a home without ever having run the set-up.
            CacheFolder.defaultBundle.flatMap { isBundle($0) ? $0 : nil } ?? installed
        }
    }

    private static func isBundle(_ directory: String) -> Bool {
        unsafe access(directory + "/" + ModelManifest.fileName, R_OK) == 0
    }

    package static func loader(for choice: ModelChoice, workerCount: Int) -> ModelLoader {
        let directory = directory(for: choice)
        return { shape throws(InferenceError) in
            try BundleModel(
                bundle: directory, requestCount: workerCount, imageSize: shape.imageSize,
                segmenterLongSide: shape.segmenterLongSide, precision: shape.precision)
        }
    }

    /// What each precision costs on this machine; see `PrecisionCache`.
    package static func measurer(
        for choice: ModelChoice
    ) -> PrecisionMeasurer {
        let directory = directory(for: choice)
        return { () throws(InferenceError) in try PrecisionCache().report(of: directory) }
    }
}

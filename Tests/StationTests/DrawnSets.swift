import AssayTestSupport
import Foundation
import Synchronization

/// Enrolled sets, each made once for all tests and copied to where a test wants it.
enum DrawnSets {
    private static let made = Mutex<[String: TemporaryFolder]>([:])

    /// - Parameter version: "dark" was taken in half the light.
    static func put(_ version: String, into folder: String) throws {
        let source = try made.withLock { made in
            if let folder = made[version] { return folder }
            let folder = try TemporaryFolder()
            try DrawnScene.enrol(
                version: version, firstVariant: (Int(version) ?? 0) % 3, light: version == "dark" ? 0.5 : 1,
                into: folder.file("set"))
            made[version] = folder
            return folder
        }
        let files = FileManager.default
        if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
        try files.createDirectory(
            atPath: URL(filePath: folder).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try files.copyItem(atPath: source.file("set"), toPath: folder)
    }
}

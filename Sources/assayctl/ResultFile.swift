internal import Evaluation
internal import Foundation
internal import Inference
internal import InferenceRuntime

/// The files that an evaluation reads and writes beside the data set.
enum ResultFile {
    /// Where finished draws are kept.
    static func drawFolder() throws -> String {
        guard let cache = CacheFolder.path else {
            throw CommandFailure.badInput("there is no place to keep finished draws; set HOME or ASSAY_CACHE")
        }
        return cache + "/evaluation"
    }

    /// The digest of this program: what another build finds is another result.
    static func programDigest() throws -> String {
        guard let program = FileManager.default.contents(atPath: "/proc/self/exe") else {
            throw CommandFailure.badInput("/proc/self/exe cannot be read; is /proc mounted?")
        }
        return ModelBundle.digest(of: Array(program))
    }

    static func modelDigest(_ directory: String) throws -> String {
        do {
            return try ModelBundle(opening: directory).digest
        } catch {
            throw CommandFailure.badInput("\(error)")
        }
    }

    /// Refuses a path that a file cannot be written to.
    static func check(_ path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let file = FileManager.default
        guard file.isWritableFile(atPath: file.fileExists(atPath: path) ? path : folder) else {
            throw CommandFailure.badInput("\(path): cannot be written; check the folder and its permissions")
        }
    }

    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.badInput("\(path): cannot be made; check the path and its permissions")
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure.badInput("\(path): cannot be written; check the folder and the free space")
        }
    }
}

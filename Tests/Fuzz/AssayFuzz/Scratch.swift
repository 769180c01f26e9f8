internal import Foundation
internal import Glibc

/// A folder for parsers that read files; libFuzzer ends the process itself, so who starts it removes the folder.
struct Scratch {
    let folder: String

    init() {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/assay-fuzz-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { preconditionFailure("no folder can be made in \(parent)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes the one file in the folder and gives back its path.
    func file(_ name: String, _ bytes: [UInt8]) -> String {
        let path = folder + "/" + name
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            preconditionFailure("\(path) cannot be written")
        }
        return path
    }

    func discard(_ name: String) {
        do {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        } catch {
            return
        }
    }

    /// Names of everything in the folder.
    var names: [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            preconditionFailure("\(folder): \(error)")
        }
    }
}

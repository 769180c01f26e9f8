internal import Glibc
internal import Settings
internal import Testing

/// A folder of settings files that is gone after the test.
final class SettingsFolder {
    let path: String
    var main: String { path + "/assay.yaml" }
    var dropIns: String { path + "/assay.d" }

    /// - Parameter text: what `assay.yaml` holds; no such file where nil.
    init(_ text: String? = nil) throws {
        var template = Array("/tmp/assay-settings-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
            unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) }
        }
        path = try #require(made)
        if let text { try write(Array(text.utf8), to: "assay.yaml") }
    }

    deinit {
        for name in names(in: dropIns) { unsafe unlink("\(dropIns)/\(name)") }
        unsafe rmdir(dropIns)
        for name in names(in: path) { unsafe unlink("\(path)/\(name)") }
        unsafe rmdir(path)
    }

    func dropIn(_ name: String, _ text: String) throws {
        unsafe mkdir(dropIns, 0o700)
        try write(Array(text.utf8), to: "assay.d/\(name)")
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let descriptor = unsafe open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            try #require(count > 0)
            written += count
        }
    }

    func settings() throws -> Settings {
        try Settings(contentsOf: main, dropIns: dropIns, machine: Machine(hostName: "Box-7.plant", coreCount: 4))
    }

    /// The problems without the folder in front; none where the settings are valid.
    func problems() -> [String] {
        do throws(SettingsErrors) {
            _ = try Settings(contentsOf: main, dropIns: dropIns, machine: Machine(hostName: "box", coreCount: 1))
            return []
        } catch {
            return error.description.split(separator: "\n").map { line in
                line.hasPrefix(path + "/") ? String(line.dropFirst(path.count + 1)) : String(line)
            }
        }
    }

    private func names(in directory: String) -> [String] {
        guard let stream = unsafe opendir(directory) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            names.append(
                unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                    unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { $0 != "." && $0 != ".." }
    }
}

/// The problems of one text.
func problems(_ text: String) throws -> [String] { try SettingsFolder(text).problems() }

internal import Glibc

/// What lies in a folder.
enum FolderNames {
    /// More are not looked at.
    static let most = 65_536

    /// In the order of their names; none for a folder that cannot be read.
    static func names(in directory: String) -> [String] {
        guard let stream = unsafe opendir(directory) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while names.count < most, let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file that counts for nothing, if it can be.
    static func remove(_ path: String) { _ = unsafe unlink(path) }
}

internal import Glibc

/// The bytes of one settings file.
enum SettingsFile {
    static let byteLimit = 1 << 20

    /// The text of the file at `path`, or what is wrong with it.
    static func text(of path: String) throws(SettingsErrors) -> String {
        let bytes = try bytes(of: path)
        if let text = String(validating: bytes, as: UTF8.self) {
            return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        }
        let line = 1 + bytes[..<firstInvalidByte(in: bytes)].count { $0 == UInt8(ascii: "\n") }
        throw SettingsErrors(problems: [
            SettingsProblem(file: path, line: line, key: "", message: "is not UTF-8; save the file as UTF-8 text")
        ])
    }

    /// The names ending in `.yaml` in `directory`, in byte order; none where there is no such directory.
    static func dropIns(in directory: String) throws(SettingsErrors) -> [String] {
        guard let stream = unsafe opendir(directory) else {
            let code = errno
            if code == ENOENT { return [] }
            throw refusal(directory, "cannot be read: \(reason(code))")
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            if name.hasSuffix(".yml") {
                throw refusal("\(directory)/\(name)", "is not read; rename it so that it ends in .yaml")
            }
            if name.hasSuffix(".yaml") { names.append(name) }
        }
        guard names.count <= 256 else { throw refusal(directory, "holds more than 256 files; join some of them") }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { "\(directory)/\($0)" }
    }

    private static func bytes(of path: String) throws(SettingsErrors) -> [UInt8] {
        // O_NONBLOCK: a FIFO in place of the file must not stop the daemon.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw refusal(path, "cannot be read: \(reason(errno))") }
        defer { close(descriptor) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0 else { throw refusal(path, "cannot be read: \(reason(errno))") }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw refusal(path, "is not a file") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= byteLimit {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw refusal(path, "cannot be read: \(reason(errno))")
            }
            bytes.append(contentsOf: chunk.prefix(count))
        }
        throw refusal(path, "is larger than \(byteLimit) bytes; no settings need as much")
    }

    private static func firstInvalidByte(in bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var position = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { position += UTF8.width(scalar) }
        return position
    }

    private static func refusal(_ path: String, _ message: String) -> SettingsErrors {
        SettingsErrors(problems: [SettingsProblem(file: path, line: nil, key: "", message: message)])
    }

    private static func reason(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}

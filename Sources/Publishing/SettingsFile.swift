internal import Glibc

/// A file that a key of the settings names; its problems are told with both.
struct SettingsFile {
    let key: String
    let path: String

    /// Who must not be able to read or write a file.
    enum Audience {
        /// Users that are neither the owner nor of its group.
        case everyone
        case groupAndEveryone
    }

    func problem(_ problem: String, remedy: String) -> PublishingError {
        .badFile(key: key, path: path, problem: problem, remedy: remedy)
    }

    /// The whole file.
    ///
    /// - Throws: `badFile` when it is missing, unreadable, too long, or `audience` could read or change it.
    func read(within byteLimit: Int, hiddenFrom audience: Audience? = nil) throws(PublishingError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = SystemError.last
            throw problem("cannot be read: \(reason)", remedy: "check the path, and that the user assay may read it")
        }
        defer { close(descriptor) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw problem("is not a file", remedy: "name a file")
        }
        try check(facts.st_mode & 0o777, audience)
        guard facts.st_size <= byteLimit else {
            throw problem("has \(facts.st_size) bytes, at most \(byteLimit) are read", remedy: "name another file")
        }
        var bytes = [UInt8](repeating: 0, count: byteLimit + 1)
        var count = 0
        while count < bytes.count {
            let more = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else {
                let reason = SystemError.last
                throw problem("cannot be read: \(reason)", remedy: "check the disk")
            }
            if more == 0 { break }
            count += more
        }
        guard count <= byteLimit else {
            throw problem("has more than \(byteLimit) bytes", remedy: "name another file")
        }
        return Array(bytes.prefix(count))
    }

    func requireReadable(within byteLimit: Int, hiddenFrom audience: Audience? = nil) throws(PublishingError) {
        _ = try read(within: byteLimit, hiddenFrom: audience)
    }

    func requireFolder(remedy: String) throws(PublishingError) {
        guard unsafe access(path, R_OK | X_OK) == 0 else {
            throw problem("cannot be read: \(SystemError.last)", remedy: remedy)
        }
    }

    private func check(_ mode: mode_t, _ audience: Audience?) throws(PublishingError) {
        let (forbidden, wish): (mode_t, String) =
            switch audience {
            case .everyone: (0o007, "0640")
            case .groupAndEveryone: (0o077, "0600")
            case nil: (0, "")
            }
        guard mode & forbidden == 0 else {
            throw problem(
                "may be used by others (mode 0\(String(mode, radix: 8)))",
                remedy: "chmod \(wish) it and give it to the user assay; then change the secret, it may be known")
        }
    }
}

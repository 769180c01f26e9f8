/// One network file of a bundle.
package struct NetworkFile: Codable, Equatable, Sendable {
    /// The largest network file that is read: 512 MiB.
    package static let mostBytes = 512 << 20

    package let precision: Precision

    /// A file name in the bundle's folder.
    package let path: String

    /// 64 hexadecimal digits.
    package let sha256: String
    package let bytes: Int

    package init(precision: Precision, path: String, sha256: String, bytes: Int) {
        self.precision = precision
        self.path = path
        self.sha256 = sha256
        self.bytes = bytes
    }

    var problem: String? {
        if ModelManifest.nameProblem(path, what: "path") != nil || path.utf8.first == 0x2E {
            return "the path '\(path.printable)' is not a plain file name in the bundle's folder"
        }
        let isDigest =
            sha256.utf8.count == 64
            && sha256.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        if !isDigest { return "the sha256 of \(path) is not 64 lower-case hexadecimal digits" }
        return (1...Self.mostBytes).contains(bytes) ? nil : "the size of \(path) is not 1 to \(Self.mostBytes) bytes"
    }
}

internal import Foundation
internal import Glibc
package import Imaging

/// A picture that annotations are wanted for.
package struct PictureToAnnotate: Equatable, Sendable {
    package let path: String
    package let size: PixelSize

    package init(path: String, size: PixelSize) {
        self.path = path
        self.size = size
    }

    /// The last part of its path.
    package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Its name without the ending.
    package var stem: String { name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name }

    /// Whether a file that others wrote means this picture; only names are compared, nothing is opened by them.
    func isMeant(by file: String) -> Bool {
        let asked = file.split(whereSeparator: { $0 == "/" || $0 == "\\" })
        let own = path.split(separator: "/")
        return !asked.isEmpty && asked.last == own.last
    }

    /// How many parts of a path, from its end, are the same.
    func agreement(with file: String) -> Int {
        let asked = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).reversed()
        return zip(asked, path.split(separator: "/").reversed()).prefix { $0 == $1 }.count
    }
}

/// The files of annotations, read with bounds.
enum AnnotationSource {
    static func content(of path: String) throws(AnnotationError) -> Data {
        // O_NONBLOCK: a FIFO in place of the file is not waited for.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw AnnotationError(path: path, problem: "cannot be read; check the path and its permissions")
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw AnnotationError(path: path, problem: "is not a file")
        }
        guard status.st_size <= AnnotationLimits.fileBytes else {
            throw AnnotationError(
                path: path, problem: "has more than \(AnnotationLimits.fileBytes >> 20) MiB; export fewer pictures")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw AnnotationError(path: path, problem: "cannot be read to its end") }
            done += count
        }
        return Data(bytes)
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from path: String, meant: String
    ) throws(AnnotationError) -> Value {
        let data = try content(of: path)
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            throw AnnotationError(path: path, problem: "is not \(meant): \(text(of: error))")
        }
    }

    private static func text(of error: any Error) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.prefix(8).map {
                $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue.prefix(40))"
            }
            return path.isEmpty ? "the top" : path.joined()
        }
        return switch error {
        case DecodingError.keyNotFound(let key, let context): "\(place(context)) lacks \(key.stringValue)"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\(place(context)) is of another type"
        case DecodingError.dataCorrupted(let context): "\(place(context)): \(context.debugDescription.prefix(120))"
        default: "it cannot be decoded"
        }
    }
}

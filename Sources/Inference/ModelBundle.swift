internal import Crypto
internal import Foundation

/// A folder with `model.json` and the network files it names, read and checked as input from outside.
package struct ModelBundle: Sendable {
    /// A manifest larger than this is refused.
    private static let mostManifestBytes = 1 << 20

    package let directory: String
    package let manifest: ModelManifest

    /// SHA-256 of the manifest's bytes, 64 hexadecimal digits.
    package let digest: String

    /// Reads and checks the manifest; the network files are checked when they are read.
    package init(opening directory: String) throws(InferenceError) {
        let path = "\(directory)/\(ModelManifest.fileName)"
        let bytes = try BundleFile(reading: path, most: Self.mostManifestBytes).bytes
        do {
            manifest = try JSONDecoder().decode(ModelManifest.self, from: Data(bytes))
        } catch {
            throw .badBundle(path: path, problem: "not a model manifest: \(Self.reason(error))")
        }
        if let problem = manifest.problem { throw .badBundle(path: path, problem: problem) }
        self.directory = directory
        digest = Self.digest(of: bytes)
    }

    /// The identity of the model when the least exact of its networks runs in `precision`.
    package func identity(running precision: Precision) -> ModelIdentity {
        ModelIdentity(name: manifest.name, digest: digest, precision: precision.rawValue)
    }

    /// The bytes of one of the bundle's files; size and digest are as the manifest says.
    package func contents(of file: NetworkFile) throws(InferenceError) -> [UInt8] {
        let path = "\(directory)/\(file.path)"
        let bytes = try BundleFile(reading: path, most: file.bytes).bytes
        guard bytes.count == file.bytes else {
            throw .badBundle(path: path, problem: "\(bytes.count) bytes instead of \(file.bytes): copied in part?")
        }
        guard Self.digest(of: bytes) == file.sha256 else {
            throw .badBundle(path: path, problem: "the SHA-256 digest is not the manifest's: damaged or exchanged")
        }
        return bytes
    }

    /// SHA-256 as 64 hexadecimal digits.
    package static func digest(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in SHA256.hash(data: bytes) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func reason(_ error: any Error) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let keys = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return keys.isEmpty ? "top level" : keys.joined(separator: ".").printable
        }
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            return "\(place(context)): '\(key.stringValue)' is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            return "\(place(context)): \(context.debugDescription.printable)"
        default:
            return "unreadable JSON"
        }
    }
}

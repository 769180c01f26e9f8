internal import Foundation
internal import Inference
internal import SupportSets

/// A set as `assayctl set list` and `set show` tell it, in words and as JSON.
struct SetFacts: Encodable {
    let path: String
    let name: String
    let version: String

    /// SHA-256 of the manifest.
    let digest: String
    let created: String
    let images: Int
    let counterexamples: Int
    let model: String
    let precision: String

    /// `unsigned`, `invalid`, or `valid` by `signer`.
    let signature: String
    let signer: String?

    init(_ head: SetHead, path: String) {
        self.path = path
        name = head.identity.name
        version = head.identity.version
        digest = head.identity.digest
        created = head.manifest.created
        images = head.manifest.k
        counterexamples = head.manifest.counterexamples.count
        model = head.manifest.model.name
        precision = head.manifest.model.precision
        switch head.signature {
        case .none: (signature, signer) = ("unsigned", nil)
        case .invalid: (signature, signer) = ("invalid", nil)
        case .valid(let key): (signature, signer) = ("valid", "\(key)")
        }
    }

    var signatureText: String {
        switch signature {
        case "valid": "signed by \(signer ?? "")"
        case "invalid": "its signature does not belong to it"
        default: "not signed"
        }
    }

    /// One line of JSON, keys in the order of their names.
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw CommandFailure.badInput("what was found cannot be written as JSON (\(error))")
        }
    }
}

internal import Crypto
internal import Foundation
internal import Glibc
internal import SupportSets

/// What is read of a set's manifest before anything else of the set is looked at.
extension SetLibrary {
    static let mostManifestBytes = 4 << 20

    /// What a manifest says of its set; nothing else of it is looked at.
    static func identity(ofManifest content: [UInt8]) -> SupportSetIdentity? {
        struct Named: Decodable {
            let name: String
            let version: String
        }
        do {
            let named = try JSONDecoder().decode(Named.self, from: Data(content))
            return SupportSetIdentity(
                name: named.name, version: named.version, digest: SHA256.hash(data: content).hexadecimal)
        } catch {
            return nil
        }
    }

    /// The digest of the manifest that lies in `directory` now.
    static func digest(of directory: String) throws(SupportSetError) -> String {
        let content = try SupportSetFolder.read(directory + "/manifest.json", upTo: mostManifestBytes)
        return SHA256.hash(data: content).hexadecimal
    }

    /// A folder that lacks a file of its manifest is half copied: it is refused even where the station has the same set
    /// whole, lest it is noticed when that copy is gone.
    static func checkWhole(_ directory: String) throws(SupportSetError) {
        struct Listing: Decodable { let files: [String: String] }
        let content = try SupportSetFolder.read(directory + "/manifest.json", upTo: mostManifestBytes)
        let listing: Listing
        do {
            listing = try JSONDecoder().decode(Listing.self, from: Data(content))
        } catch {
            throw .damaged(path: directory + "/manifest.json", problem: "it lists no files")
        }
        for file in listing.files.keys.sorted() {
            let path = directory + "/" + file
            guard unsafe access(path, R_OK) == 0 else { throw .unreadable(path: path, reason: SystemReason.last) }
        }
    }
}

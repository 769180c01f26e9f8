/// What no honest set exceeds; a larger one is neither copied, packed nor unpacked.
package struct SetBounds: Equatable, Sendable {
    /// Of all files together.
    package var mostBytes: Int
    package var mostFiles: Int

    package init(mostBytes: Int = 4 << 30, mostFiles: Int = 8192) {
        self.mostBytes = mostBytes
        self.mostFiles = mostFiles
    }

    static let mostManifestBytes = 4 << 20
    static let mostSignatureBytes = 1024
}

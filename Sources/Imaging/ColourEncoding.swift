/// How a camera's luma and chroma stand for red, green and blue.
package struct ColourEncoding: Equatable, Sendable, Codable {
    /// The primaries' shares of luma: ITU-R BT.601 (most cameras) or BT.709 (some HD cameras).
    package enum Standard: String, Equatable, Sendable, Codable {
        case bt601
        case bt709
    }

    /// Limited: luma 16 to 235, chroma 16 to 240. Full: both 0 to 255.
    package enum Range: String, Equatable, Sendable, Codable {
        case limited
        case full
    }

    package var standard: Standard
    package var range: Range

    package init(standard: Standard = .bt601, range: Range = .limited) {
        self.standard = standard
        self.range = range
    }

    package static let bt601Limited = ColourEncoding()
}

/// How a camera's luma and chroma stand for red, green and blue.
package struct ColourEncoding: Equatable, Sendable, Codable {
    /// The primaries' shares of luma: ITU-R BT.601 (most cameras), BT.709 (some HD cameras), BT.2020 (without constant
    /// luminance), SMPTE 240M.
    package enum Standard: String, Equatable, Sendable, Codable, CaseIterable {
        case bt601
        case bt709
        case bt2020
        case smpte240m

        /// Of red and of blue; green has the rest.
        var shares: (red: Double, blue: Double) {
            switch self {
            case .bt601: (0.299, 0.114)
            case .bt709: (0.2126, 0.0722)
            case .bt2020: (0.2627, 0.0593)
            case .smpte240m: (0.212, 0.087)
            }
        }
    }

    /// Limited: luma (and red, green, blue, grey) 16 to 235, chroma 16 to 240. Full: all 0 to 255.
    package enum Range: String, Equatable, Sendable, Codable, CaseIterable {
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

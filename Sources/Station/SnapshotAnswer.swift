package import SupportSets

/// The answer to `snapshot`: the part of one frame that the line judges, with the camera that took it.
package struct SnapshotAnswer: Codable, Equatable, Sendable {
    package var ok = true
    package var line: String

    /// When it was captured, RFC 3339.
    package var at: String
    package var sequence: UInt32

    /// A PNG file in Base64.
    package var png: String
    package var camera: CameraRecord

    /// Controls that are not as the settings ask, in sentences.
    package var warnings: [String]

    /// A larger picture is refused; a region makes it smaller.
    package static let mostPNGBytes = 48 << 20

    package init(
        line: String, at: String, sequence: UInt32, png: String, camera: CameraRecord, warnings: [String]
    ) {
        self.line = line
        self.at = at
        self.sequence = sequence
        self.png = png
        self.camera = camera
        self.warnings = warnings
    }
}

package import Imaging

extension Frame {
    /// A hash of what the sensor saw, or of the whole file; two frames with one hash are the same picture.
    package borrowing func fingerprint() -> PictureFingerprint {
        switch content {
        case .pixels(let layout, _):
            unsafe withBytes { bytes in unsafe PictureFingerprint(of: bytes, layout: layout) }
        case .file:
            unsafe withBytes { bytes in unsafe PictureFingerprint(of: bytes) }
        }
    }
}

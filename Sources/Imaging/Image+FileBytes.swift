extension Image {
    /// The content of a picture file, not yet decoded. Errors: missing, no regular file, too large.
    package static func fileBytes(at path: String) throws(ImagingError) -> [UInt8] {
        try FileBytes(contentsOf: path, most: mostFileBytes).bytes
    }
}

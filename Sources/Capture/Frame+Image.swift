package import Imaging

extension Frame {
    /// The picture as RGB.
    package borrowing func decoded() throws(ImagingError) -> Image {
        switch content {
        case .pixels(let layout, let encoding):
            return unsafe try withBytes { (bytes) throws(ImagingError) in
                unsafe try Image(decoding: bytes, layout: layout, encoding: encoding)
            }
        case .file(let name):
            do throws(ImagingError) {
                return try Image(decodingFile: fileBytes)
            } catch {
                throw .file(path: name, error)
            }
        }
    }

    /// Replaces `image` by the picture; a camera's frame of the same size reuses its memory.
    ///
    /// After an error the pixels are undefined, but valid.
    package borrowing func decode(into image: inout Image) throws(ImagingError) {
        guard case .pixels(let layout, let encoding) = content else {
            image = try decoded()
            return
        }
        unsafe try withBytes { (bytes) throws(ImagingError) in
            unsafe try image.decode(bytes, layout: layout, encoding: encoding)
        }
    }

    /// The short name of how the bytes are coded, as messages carry it: `yuyv`, `mjpeg`, `jpeg`, `png` …
    package var formatName: String {
        switch content {
        case .pixels(let layout, _): layout.format.rawValue
        case .file:
            unsafe withBytes { bytes in unsafe bytes.starts(with: [0x89, 0x50]) ? "png" : "jpeg" }
        }
    }
}

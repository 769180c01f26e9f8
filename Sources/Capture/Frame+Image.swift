package import Imaging

extension Frame {
    /// The picture as RGB, turned.
    package borrowing func decoded(_ orientation: Orientation = .upright) throws(ImagingError) -> Image {
        var decoder = FrameDecoder()
        var image = Image(width: 1, height: 1, pixels: [0, 0, 0])
        try decode(into: &image, with: &decoder, orientation)
        return image
    }

    /// Replaces `image` by the picture, turned; a camera's frame of the same size reuses its memory.
    ///
    /// After an error the pixels are undefined, but valid.
    package borrowing func decode(
        into image: inout Image, with decoder: inout FrameDecoder, _ orientation: Orientation = .upright
    ) throws(ImagingError) {
        switch content {
        case .pixels(let layout, let encoding):
            unsafe try withPieces { (pieces) throws(ImagingError) in
                unsafe try decoder.decode(
                    pieces, layout: layout, encoding: encoding, orientation: orientation, into: &image)
            }
        case .file(let name):
            do throws(ImagingError) {
                let picture = try Image(decodingFile: fileBytes)
                image = orientation == .upright ? picture : picture.turned(orientation)
            } catch {
                throw .file(path: name, error)
            }
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

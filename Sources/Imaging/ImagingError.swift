internal import Glibc

/// Why a picture, a frame or a mask was refused.
package enum ImagingError: Error, Equatable, Sendable {
    /// Empty, or beyond the limits of `PixelSize`.
    case sizeRefused(width: Int, height: Int)

    case rowLengthRefused(bytesPerRow: Int, least: Int, most: Int)

    /// A frame with fewer bytes than its layout needs.
    case frameTooShort(byteCount: Int, needed: Int)

    /// A compressed frame that holds another size than its layout says.
    case sizeDiffers(found: PixelSize, expected: PixelSize)

    /// The bytes begin like no image we read.
    case notAnImage(byteCount: Int)

    /// Truncated or damaged, with the codec's words.
    case damaged(ImageFileKind, reason: String)

    /// The codec could not be set up, or could not write, with its words.
    case codecFailed(ImageFileKind, reason: String)

    /// A frame that libv4lconvert could not read, with its words.
    case foreignRefused(format: String, reason: String)

    /// A JPEG quality outside 1 to 100.
    case qualityRefused(Int)

    case fileTooLarge(byteCount: Int, most: Int)

    /// The operating system refused to open or read the file.
    case fileUnreadable(errno: Int32)

    /// A directory, a pipe or a device.
    case fileNotRegular

    /// A box that is empty or does not lie wholly in the picture.
    case boxOutside(PixelBox, picture: PixelSize)

    /// Run lengths whose `size` is not two numbers.
    case runLengthSizeMalformed(numberCount: Int)

    case runLengthNegative(index: Int, value: Int)

    /// Run lengths that do not add up to the grid; `found` is where adding stopped.
    case runLengthSumWrong(found: Int, expected: Int)

    /// Any of the above, with the file it happened in.
    indirect case file(path: String, ImagingError)
}

extension ImagingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sizeRefused(let width, let height):
            "a size of \(width)×\(height) pixels is refused: each side must be 1 to \(PixelSize.longestSide) and the "
                + "picture at most \(PixelSize.mostPixels) pixels"
        case .rowLengthRefused(let bytesPerRow, let least, let most):
            "a row of \(bytesPerRow) bytes is refused: the format needs \(least) to \(most)"
        case .frameTooShort(let byteCount, let needed):
            "the frame has \(byteCount) bytes but its layout needs \(needed): the camera sent an incomplete frame or "
                + "another format than agreed"
        case .sizeDiffers(let found, let expected):
            "the frame is \(found.width)×\(found.height) pixels but \(expected.width)×\(expected.height) were agreed"
        case .notAnImage(let byteCount):
            "not a JPEG or PNG picture (\(byteCount) bytes)"
        case .damaged(let kind, let reason):
            "truncated or damaged \(kind.rawValue) picture: \(reason)"
        case .codecFailed(let kind, let reason):
            "the \(kind.rawValue) codec failed: \(reason)"
        case .foreignRefused(let format, let reason):
            "a frame in the format \(format) cannot be read: \(reason)"
        case .qualityRefused(let quality):
            "a JPEG quality of \(quality) is refused: choose 1 to 100"
        case .fileTooLarge(let byteCount, let most):
            "a file of \(byteCount) bytes is refused: at most \(most)"
        case .fileUnreadable(let code):
            unsafe "cannot be read: \(String(cString: strerror(code)))"
        case .fileNotRegular:
            "is not a regular file: give a JPEG or PNG file"
        case .boxOutside(let box, let picture):
            "the box \(box.width)×\(box.height) at (\(box.x), \(box.y)) is empty or does not lie in the picture of "
                + "\(picture.width)×\(picture.height) pixels"
        case .runLengthSizeMalformed(let numberCount):
            "the mask's size has \(numberCount) numbers: give [height, width]"
        case .runLengthNegative(let index, let value):
            "run \(index) of the mask is negative (\(value))"
        case .runLengthSumWrong(let found, let expected):
            "the mask's runs add up to \(found) pixels but its size has \(expected)"
        case .file(let path, let error):
            "\(path): \(error.description)"
        }
    }
}

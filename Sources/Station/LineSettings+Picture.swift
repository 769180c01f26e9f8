package import Imaging
package import Settings

extension LineSettings {
    /// The part of a turned frame that the line judges: what enrolment has to see.
    ///
    /// Errors: `boxOutside` for a frame that does not hold the region.
    package func judgedPart(of picture: Image) throws(ImagingError) -> Image {
        guard let region else { return picture }
        return try picture.cropped(
            to: PixelBox(x: region.x, y: region.y, width: region.width, height: region.height))
    }

    /// The same of a picture that is not turned yet, as the camera gave it.
    package func judgedPart(ofUpright picture: Image) throws(ImagingError) -> Image {
        try judgedPart(of: picture.turned(Orientation(orientation)))
    }

    /// The camera as verdicts name it: what the settings name it by, or the replayed folder or pattern.
    package var cameraID: String {
        switch camera {
        case .device(let device): device.name.wording
        case .replay(let replay): replay.path
        }
    }
}

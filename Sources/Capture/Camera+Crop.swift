internal import CVideo4Linux
internal import Imaging

/// The part of the sensor that is read, and the part of the frame that is filled (V4L2's selections).
///
/// A driver keeps what the program before us set, so both are put back to its defaults at each opening.
extension Camera {
    /// A rectangle of sensor or frame pixels; nil where the driver knows none.
    func selection(_ target: UInt32) -> PixelBox? {
        var selection = Self.selection(of: target)
        guard descriptor.outcome(of: assay_VIDIOC_G_SELECTION, &selection) == nil else { return nil }
        let box = selection.r
        return PixelBox(x: Int(box.left), y: Int(box.top), width: Int(box.width), height: Int(box.height))
    }

    /// Puts the crop back to the driver's default; before the format is set, which may follow from it.
    func useDefaultCrop() {
        guard let usual = selection(assay_V4L2_SEL_TGT_CROP_DEFAULT), selection(assay_V4L2_SEL_TGT_CROP) != usual else {
            return
        }
        // A refusal leaves the crop as it is, which is what we report.
        select(assay_V4L2_SEL_TGT_CROP, usual)
    }

    /// Makes the driver fill the whole frame. Errors: `unsupportedFormat` if it does not: what is round the picture would
    /// be judged too, and nobody knows what is there.
    func fillFrame(of size: PixelSize) throws(CaptureError) {
        let whole = PixelBox(x: 0, y: 0, width: size.width, height: size.height)
        guard let filled = selection(assay_V4L2_SEL_TGT_COMPOSE), filled != whole else { return }
        select(assay_V4L2_SEL_TGT_COMPOSE, whole)
        guard let filled = selection(assay_V4L2_SEL_TGT_COMPOSE), filled != whole else { return }
        throw .unsupportedFormat(
            device: device, wanted: "a picture that fills \(size.width)×\(size.height)",
            offered: "\(filled.width)×\(filled.height)")
    }

    private func select(_ target: UInt32, _ box: PixelBox) {
        var selection = Self.selection(of: target)
        selection.r = v4l2_rect(
            left: Int32(truncatingIfNeeded: box.x), top: Int32(truncatingIfNeeded: box.y),
            width: UInt32(truncatingIfNeeded: box.width), height: UInt32(truncatingIfNeeded: box.height))
        _ = descriptor.outcome(of: assay_VIDIOC_S_SELECTION, &selection)
    }

    private static func selection(of target: UInt32) -> v4l2_selection {
        var selection = v4l2_selection()
        // Also for devices of several planes.
        selection.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        selection.target = target
        return selection
    }
}

package import Imaging

/// What is wanted from a camera; nil leaves the choice to `CameraMode.best`.
package struct CameraRequest: Equatable, Sendable {
    package let camera: CameraName
    package let format: PixelFormat?
    package let size: PixelSize?

    /// Frames a second. The nearest the driver has is taken and reported.
    package let rate: Double?

    /// Buffers to ask the driver for: one a worker, one in the slot, two for the driver, and one that waits to be given
    /// back to it with the next frame.
    package let bufferCount: Int

    /// What controls are to be set to, each time the camera is opened.
    package let controls: [ControlWish]

    /// Frames that are given back unseen after each opening, until exposure and colours have settled.
    package let warmUpFrameCount: Int

    /// - Parameter workerCount: how many frames may be on loan at once.
    package init(
        camera: CameraName, format: PixelFormat? = nil, size: PixelSize? = nil, rate: Double? = nil,
        workerCount: Int = 1, controls: [ControlWish] = [], warmUpFrameCount: Int = 0
    ) {
        self.camera = camera
        self.format = format
        self.size = size
        self.rate = rate
        self.controls = controls
        self.warmUpFrameCount = max(0, warmUpFrameCount)
        // V4L2 has at most 32 buffers (VIDEO_MAX_FRAME).
        bufferCount = min(max(workerCount, 1), 28) + 4
    }

    /// The same for the camera at a path.
    package init(
        device: String, format: PixelFormat? = nil, size: PixelSize? = nil, rate: Double? = nil, workerCount: Int = 1,
        controls: [ControlWish] = [], warmUpFrameCount: Int = 0
    ) {
        self.init(
            camera: CameraName(.device, device), format: format, size: size, rate: rate, workerCount: workerCount,
            controls: controls, warmUpFrameCount: warmUpFrameCount)
    }

    /// The request in words, for errors.
    var wording: String {
        let parts = [format?.rawValue, size.map { "\($0.width)×\($0.height)" }].compactMap { $0 }
        return parts.isEmpty ? "a format we read" : parts.joined(separator: " ")
    }
}

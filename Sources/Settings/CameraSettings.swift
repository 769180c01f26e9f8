/// Where a line's frames come from.
package enum CameraSettings: Equatable, Sendable {
    case device(DeviceSettings)
    case replay(ReplaySettings)
}

/// A camera of the box, as it is asked to stream.
package struct DeviceSettings: Equatable, Sendable {
    package let name: DeviceName
    package let format: CameraFormat
    package let width: Int
    package let height: Int
    /// Frames a second.
    package let rate: Double
    /// By the camera's names for them; set each time it is opened.
    package let controls: [String: ControlChoice]
    /// Frames that nobody sees after each opening.
    package let warmUpFrameCount: Int

    package init(
        name: DeviceName, format: CameraFormat, width: Int, height: Int, rate: Double,
        controls: [String: ControlChoice] = [:], warmUpFrameCount: Int = 3
    ) {
        self.name = name
        self.format = format
        self.width = width
        self.height = height
        self.rate = rate
        self.controls = controls
        self.warmUpFrameCount = warmUpFrameCount
    }
}

/// Images played as if a camera had taken them.
package struct ReplaySettings: Equatable, Sendable {
    /// A file, a directory or a glob pattern.
    package let path: String
    /// Frames a second.
    package let rate: Double
    /// Begins again after the last image.
    package let loops: Bool
    /// Gives the next image only when the last one was taken, so that none is skipped.
    package let waits: Bool

    package init(path: String, rate: Double, loops: Bool, waits: Bool) {
        self.path = path
        self.rate = rate
        self.loops = loops
        self.waits = waits
    }
}

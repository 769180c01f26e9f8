/// Where a line's frames come from.
package enum CameraSettings: Equatable, Sendable {
    case device(DeviceSettings)
    case replay(ReplaySettings)
}

/// A camera of the box, as it is asked to stream.
package struct DeviceSettings: Equatable, Sendable {
    /// Absolute, such as `/dev/v4l/by-id/…`.
    package var path: String
    package var format: CameraFormat
    package var width: Int
    package var height: Int
    /// Frames a second.
    package var rate: Double
}

/// Images played as if a camera had taken them.
package struct ReplaySettings: Equatable, Sendable {
    /// A file, a directory or a glob pattern.
    package var path: String
    /// Frames a second.
    package var rate: Double
    /// Begins again after the last image.
    package var loops: Bool
    /// Gives the next image only when the last one was taken, so that none is skipped.
    package var waits: Bool
}

package import Imaging

/// What streams, as the driver says after all was agreed.
package struct CameraDescription: Equatable, Sendable {
    /// The device's path, or the folder or pattern of a replay.
    package let device: String

    /// What tells the camera from others, as read; nil for a replay.
    package let node: CameraNode?

    /// The camera's own name.
    package let card: String

    /// The kernel's driver; `replay` for files.
    package let driver: String

    /// Where it is plugged in, such as `usb-0000:00:14.0-1`.
    package let busInfo: String

    /// Nil for a replay: each file says for itself.
    package let format: PixelFormat?

    package let size: PixelSize?

    /// Frames a second; nil when the driver does not say.
    package let rate: Double?

    /// As read last, with the wishes that they do not fulfil; none for a replay.
    package var controls: CameraControls

    /// The part of the sensor that is read, in its pixels; nil when the driver knows none.
    package let crop: PixelBox?

    package init(
        device: String, card: String, driver: String, busInfo: String, format: PixelFormat?, size: PixelSize?,
        rate: Double?, controls: CameraControls = .none, node: CameraNode? = nil, crop: PixelBox? = nil
    ) {
        self.device = device
        self.card = card
        self.driver = driver
        self.busInfo = busInfo
        self.format = format
        self.size = size
        self.rate = rate
        self.controls = controls
        self.node = node
        self.crop = crop
    }
}

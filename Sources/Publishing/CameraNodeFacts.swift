/// What tells an open camera from others, as read; a fact that it does not tell is absent.
package struct CameraNodeFacts: Equatable, Sendable {
    /// The node now, such as `/dev/video0`; another one after the next plugging in.
    package var device: String
    package var serial: String?

    /// A link's name in `/dev/v4l/by-id`.
    package var byID: String?

    /// A link's name in `/dev/v4l/by-path`.
    package var byPath: String?
    package var model: String?

    /// Where it is plugged in, as the driver says it.
    package var bus: String?

    /// The kernel's driver.
    package var driver: String?

    package init(
        device: String, serial: String?, byID: String?, byPath: String?, model: String?, bus: String?, driver: String?
    ) {
        self.device = device
        self.serial = serial
        self.byID = byID
        self.byPath = byPath
        self.model = model
        self.bus = bus
        self.driver = driver
    }
}

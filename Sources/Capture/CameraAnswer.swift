internal import Synchronization

/// What one device offers, asked on a thread of its own: a driver that hangs holds up nobody else.
struct CameraAnswer {
    private final class Box: Sendable {
        let result = Mutex<Result<CameraList.Entry?, CaptureError>?>(nil)
    }

    private let device: String
    private let box = Box()
    private let bell: Doorbell

    init(asking device: String, known node: CameraNode?) throws(CaptureError) {
        let bell = try Doorbell()
        self.bell = bell
        self.device = device
        let box = box
        try NamedThread(name: "ask-camera") {
            let result = Self.ask(device, known: node)
            box.result.withLock { $0 = result }
            bell.ring()
        }.abandon()
    }

    /// Nil for what is no camera. Errors: `driverHung`, and what refuses the device.
    func entry(within limit: Duration) throws(CaptureError) -> CameraList.Entry? {
        guard bell.wait(timeout: limit), let result = box.result.withLock({ $0 }) else {
            throw .driverHung(device: device, for: limit)
        }
        return try result.get()
    }

    private static func ask(_ device: String, known node: CameraNode?) -> Result<CameraList.Entry?, CaptureError> {
        do throws(CaptureError) {
            let camera = try Camera(opening: device, known: node)
            return .success(
                CameraList.Entry(
                    device: device, node: camera.node, card: camera.card, driver: camera.driver,
                    busInfo: camera.busInfo, modes: camera.modes, controls: camera.descriptor.controls()))
        } catch .deviceMissing, .notACamera {
            return .success(nil)
        } catch {
            return .failure(error)
        }
    }
}

/// The capture devices of this machine.
package struct CameraList: Equatable, Sendable {
    /// One device with all it offers.
    package struct Entry: Equatable, Sendable {
        package let device: String

        /// What tells the camera from others.
        package let node: CameraNode
        package let card: String
        package let driver: String
        package let busInfo: String
        package let modes: [CameraMode]

        /// In the driver's order, with the values that they have now.
        package let controls: [CameraControl]

        /// What `CameraSource` takes when a request leaves all open; nil when it reads none of the formats.
        package var best: ModeChoice? { ModeChoice(from: modes, for: CameraRequest(device: device)) }
    }

    /// Devices that capture, by number; metadata and output nodes are left out.
    package let cameras: [Entry]

    /// Nodes that exist but could not be asked.
    package let refused: [CaptureError]

    /// Opens `/dev/video0` to `/dev/video255` in turn; a device that streams for another program answers too.
    package init() {
        self.init(devices: (0..<256).map { "/dev/video\($0)" })
    }

    /// Asks these nodes only.
    ///
    /// - Parameter limit: how long a driver may take; one that does not come back is left behind and told.
    package init(devices: [String], limit: Duration = .seconds(5)) {
        var cameras: [Entry] = []
        var refused: [CaptureError] = []
        let nodes = Self.nodes(refused: &refused)
        for device in devices {
            do throws(CaptureError) {
                let answer = try CameraAnswer(asking: device, known: nodes.first { $0.device == device })
                if let entry = try answer.entry(within: limit) { cameras.append(entry) }
            } catch {
                refused.append(error)
            }
        }
        self.cameras = cameras
        self.refused = refused
    }

    private static func nodes(refused: inout [CaptureError]) -> [CameraNode] {
        do throws(CaptureError) {
            return try NodeDirectory().nodes()
        } catch {
            refused.append(error)
            return []
        }
    }
}

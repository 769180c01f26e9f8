package import Capture
internal import Imaging
package import Settings

extension ControlValue {
    fileprivate init(_ choice: ControlChoice) {
        self =
            switch choice {
            case .number(let number): .number(Int64(number))
            case .truth(let isOn): .truth(isOn)
            case .item(let words): .item(words)
            }
    }
}

extension StationParts {
    /// The camera or the replay that a line's settings name.
    @Sendable
    package static func source(for line: LineSettings, workerCount: Int) -> any FrameSource {
        switch line.camera {
        case .device(let device):
            CameraSource(
                CameraRequest(
                    camera: CameraName(device.name),
                    format: device.format == .auto ? nil : PixelFormat(named: device.format.name),
                    size: PixelSize(width: device.width, height: device.height), rate: device.rate,
                    workerCount: workerCount,
                    controls: device.controls.map { ControlWish($0.key, ControlValue($0.value)) },
                    warmUpFrameCount: device.warmUpFrameCount),
                pace: RecoveryPace(waitsForTrigger: line.trigger == .camera), threadName: "cam-\(line.name)")
        case .replay(let replay):
            ReplaySource(
                path: replay.path, rate: replay.rate, isLooped: replay.loops, waitForTake: replay.waits,
                threadName: "replay-\(line.name)")
        }
    }
}

extension CameraName {
    package init(_ name: DeviceName) {
        let key: Key =
            switch name.key {
            case .device: .device
            case .serial: .serial
            case .byID: .byID
            case .byPath: .byPath
            case .model: .model
            case .bus: .bus
            }
        self.init(key, name.value)
    }
}

internal import Glibc

/// Why no frames come from a source.
///
/// Each case has a stable `code` for messages and a sentence that says what, where and what to do.
package enum CaptureError: Error, Equatable, Sendable {
    /// Never there, or gone: wait for it.
    case deviceMissing(device: String)

    /// No camera of this name is plugged in; `seen` lists those that are.
    case cameraMissing(name: CameraName, seen: [String])

    /// A name that more than one camera bears.
    case ambiguous(name: CameraName, cameras: [CameraNode])

    case permissionDenied(device: String)

    /// Another program streams from the device; `holder` names it where that can be told.
    case busy(device: String, holder: String?)

    /// A file, or a node of another kind (metadata, output).
    case notACamera(device: String)

    /// The device cannot give what was asked for; `offered` lists what it can.
    case unsupportedFormat(device: String, wanted: String, offered: String)

    /// The bus cannot carry the stream.
    case noBandwidth(device: String)

    /// A request to the driver failed.
    case requestFailed(device: String, request: String, Errno)

    case noFrames(device: String, after: Duration)

    /// The camera sends something else than was agreed on.
    case formatChanged(device: String, from: String, to: String)

    /// The driver does not come back from a request; only it can end that.
    case driverHung(device: String, for: Duration)

    /// A folder or pattern of a replay without a single image.
    case noImages(path: String)

    case folderUnreadable(path: String, Errno)

    /// No thread or no wake-up event to be had from the system.
    case systemExhausted(what: String, Errno)

    /// The stable name of the reason, as messages and metrics carry it.
    package var code: String {
        switch self {
        case .deviceMissing, .cameraMissing: "device_missing"
        case .ambiguous: "camera_ambiguous"
        case .permissionDenied: "permission_denied"
        case .busy: "device_busy"
        case .notACamera: "not_a_camera"
        case .unsupportedFormat: "unsupported_format"
        case .noBandwidth: "no_bandwidth"
        case .requestFailed: "io_error"
        case .noFrames: "no_frames"
        case .formatChanged: "format_changed"
        case .driverHung: "camera_hung"
        case .noImages: "no_images"
        case .folderUnreadable: "folder_unreadable"
        case .systemExhausted: "system_exhausted"
        }
    }

    /// What an error number means for `device` when `request` gave it.
    init(_ failure: Errno, device: String, request: String) {
        self =
            switch failure.code {
            case ENOENT, ENODEV, ENXIO: .deviceMissing(device: device)
            case EACCES, EPERM: .permissionDenied(device: device)
            case EBUSY: .busy(device: device, holder: nil)
            case ENOSPC: .noBandwidth(device: device)
            case ENOTTY: .notACamera(device: device)
            default: .requestFailed(device: device, request: request, failure)
            }
    }
}

extension CaptureError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .deviceMissing(let device):
            "\(device) does not exist or was unplugged: plug the camera in (in a container, pass it with --device)"
        case .cameraMissing(let name, let seen):
            "no camera with \(name.wording) is plugged in; there is "
                + (seen.isEmpty ? "none at all (in a container, pass it with --device)" : seen.joined(separator: ", "))
        case .ambiguous(let name, let cameras):
            "\(cameras.count) cameras have \(name.wording): " + Self.telling(cameras)
        case .permissionDenied(let device):
            "\(device) may not be opened: add this user to the group video (in a container, also pass the device)"
        case .busy(let device, let holder):
            holder.map { "\(device) is in use by \($0): stop that, or name another camera" }
                ?? "\(device) is in use: stop the other program that streams from it (fuser \(device) names it)"
        case .notACamera(let device):
            "\(device) is no video capture device: assayctl cameras lists those there are"
        case .unsupportedFormat(let device, let wanted, let offered):
            "\(device) cannot give \(wanted): choose one of \(offered)"
        case .noBandwidth(let device):
            "\(device) was refused bandwidth on its bus: lower size or rate, choose mjpeg, or use another USB controller"
        case .requestFailed(let device, let request, let failure):
            "\(device): \(request) failed: \(failure)"
        case .noFrames(let device, let wait):
            "\(device) sent no usable frame for \(wait): check the cable, the hub's power and the trigger"
        case .formatChanged(let device, let from, let to):
            "\(device) changed from \(from) to \(to): it is opened again; if it stays so, correct the settings"
        case .driverHung(let device, let time):
            "\(device): the driver has not come back for \(time): unplug the camera; if that does not help, restart the box"
        case .noImages(let path):
            "\(path) holds no PNG or JPEG image: put images there or correct the path"
        case .folderUnreadable(let path, let failure):
            "\(path) cannot be listed: \(failure)"
        case .systemExhausted(let what, let failure):
            "the system gave no \(what): \(failure)"
        }
    }
}

extension CaptureError {
    /// Each camera with the first key that tells it from the others.
    private static func telling(_ cameras: [CameraNode]) -> String {
        cameras.map { camera in
            guard let key = camera.tellingKey(among: cameras), let value = camera.value(of: key) else {
                return "\(camera.device), which only its number tells apart"
            }
            return "\(camera.device), which \(key.rawValue): \(value) tells apart"
        }.joined(separator: "; ")
    }
}

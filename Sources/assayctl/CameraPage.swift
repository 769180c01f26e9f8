internal import Capture
internal import Imaging

/// One camera as `assayctl cameras` shows it to people.
struct CameraPage {
    private let camera: CameraList.Entry
    private let others: [CameraNode]

    init(_ camera: CameraList.Entry, among list: CameraList) {
        self.camera = camera
        others = list.cameras.map(\.node)
    }

    /// What is best to name the camera by: what tells it from the others, else its number.
    var key: CameraName.Key { camera.node.tellingKey(among: others) ?? .device }

    /// Every key that the camera could be named by, with its value.
    var names: [String: String] {
        var names: [String: String] = [:]
        for key in CameraName.Key.allCases { names[key.rawValue] = camera.node.value(of: key) }
        return names
    }

    var text: String {
        var lines = ["\(camera.device)  \(camera.card)  (\(camera.driver), \(camera.busInfo))"]
        if let best = camera.best, let format = best.fourCC.format {
            let rate = best.rate.map { ", rate: \($0.formattedRate)" } ?? ""
            lines.append(
                "  camera: {\(name(key)), format: \(format.rawValue), width: \(best.size.width), "
                    + "height: \(best.size.height)\(rate)}")
        } else {
            lines.append("  none of its formats can be read")
        }
        if let settings = ControlLines.settings(camera.controls) { lines.append(settings) }
        let otherKeys = CameraName.Key.allCases.filter { $0 != key && camera.node.value(of: $0) != nil }
        for other in otherKeys { lines.append("    or by \(name(other))\(sharers(of: other))") }
        lines += camera.modes.map { mode in
            "    \(mode.wording)" + (mode.fourCC.format == nil ? "  (cannot be read)" : "")
        }
        return (lines + ControlLines.list(camera.controls)).joined(separator: "\n")
    }

    /// `serial: "TC0001"`, in YAML; a path needs no quotes.
    private func name(_ key: CameraName.Key) -> String {
        let value = camera.node.value(of: key) ?? camera.device
        guard key != .device else { return "device: \(value)" }
        let escaped = value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\(key.rawValue): \"\(String(escaped))\""
    }

    private func sharers(of key: CameraName.Key) -> String {
        let devices = others.filter { $0.device != camera.device && $0.value(of: key) == camera.node.value(of: key) }
            .map(\.device)
        return devices.isEmpty ? "" : "  (so is \(devices.joined(separator: ", ")): does not tell them apart)"
    }
}

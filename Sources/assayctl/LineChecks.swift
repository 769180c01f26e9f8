internal import Capture
internal import Glibc
internal import Settings
internal import Station

/// The camera of every enabled line, and its support set (`SetCheck`).
struct LineChecks {
    let settings: Settings
    let bundle: String
    let places: StationPlaces

    var all: [DoctorFinding] {
        let lines = settings.enabledLines
        guard !lines.isEmpty else { return [.warning("lines          none is enabled", "enable one in the settings")] }
        return lines.flatMap {
            [
                camera(of: $0), SetCheck(line: $0, settings: settings, bundle: bundle, places: places).finding,
            ]
        }
    }

    private func camera(of line: LineSettings) -> DoctorFinding {
        let what = "camera         \(line.name):"
        switch line.camera {
        case .device(let device): return Self.device(device.name, what: what)
        case .replay(let replay):
            var matches = unsafe glob_t()
            defer { unsafe globfree(&matches) }
            guard unsafe glob(replay.path, GLOB_NOSORT, nil, &matches) == 0 else {
                return .unreachable("\(what) \(replay.path) matches nothing", "put images there or correct the path")
            }
            return .ok("\(what) replays \(replay.path)")
        }
    }

    private static func device(_ name: DeviceName, what: String) -> DoctorFinding {
        if name.key == .device { return node(name.value, what: what) }
        switch CameraMatch(of: CameraName(name), among: CameraList().cameras.map(\.node)) {
        case .one(let node): return .ok("\(what) \(name.wording), \(node.model ?? node.device) at \(node.device)")
        case .none:
            return .unreachable(
                "\(what) no camera with \(name.wording) is plugged in", "plug it in, or name one of assayctl cameras")
        case .several(let nodes):
            return .error(
                "\(what) \(nodes.map(\.wording).joined(separator: " and ")) have \(name.wording)",
                "name it by a key that tells them apart: assayctl cameras says which")
        }
    }

    /// Which camera is at a path, or what is wrong with it.
    private static func node(_ path: String, what: String) -> DoctorFinding {
        guard unsafe access(path, F_OK) == 0 else {
            return .unreachable(
                "\(what) \(path) does not exist",
                "plug the camera in (in a container, pass it with --device), or name one of assayctl cameras")
        }
        guard unsafe access(path, R_OK | W_OK) == 0 else {
            return .error("\(what) \(path) may not be opened by this user", "add the user to the group video")
        }
        // By-id paths are links to the numbered devices that the list holds.
        let target = unsafe realpath(path, nil)
        defer { unsafe free(target) }
        let device = unsafe target.map { unsafe String(cString: $0) } ?? path
        guard let camera = CameraList().cameras.first(where: { $0.device == device }) else {
            return .error("\(what) \(path) is no camera that can be asked", "name one of assayctl cameras")
        }
        return .ok("\(what) \(path), \(camera.card)")
    }
}

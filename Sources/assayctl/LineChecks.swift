internal import Capture
internal import Glibc
internal import Inference
internal import Settings
internal import Station
internal import SupportSets

/// The camera and the support set of every enabled line.
struct LineChecks {
    let settings: Settings
    let bundle: String

    var all: [DoctorFinding] {
        let lines = settings.enabledLines
        guard !lines.isEmpty else { return [.warning("lines          none is enabled", "enable one in the settings")] }
        return lines.flatMap { [camera(of: $0), set(of: $0)] }
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

    private func set(of line: LineSettings) -> DoctorFinding {
        let what = "support set    \(line.name):"
        let set: SupportSet
        do throws(SupportSetError) {
            guard let directory = line.supportSet else {
                return .warning("\(what) none", "the line gives no verdicts; enrol one and name it in support_set")
            }
            guard directory.hasPrefix("/"), !directory.hasSuffix(".assayset") else {
                return .ok("\(what) \(directory), looked for by the daemon (assayctl status)")
            }
            set = try SupportSet(opening: directory)
        } catch {
            return .error("\(what) \(error)", "until then the line gives no verdict")
        }
        let label = "\(set.identity.name)@\(set.identity.version)"
        guard set.manifest.calibration.methods[line.method.rawValue] != nil else {
            return .error("\(what) \(label) has no calibration for \(line.method.rawValue)", "enrol it anew")
        }
        let precision = set.manifest.model.precision
        do throws(InferenceError) {
            let opened = try ModelBundle(opening: bundle)
            guard opened.digest == set.manifest.model.digest else {
                return .error("\(what) \(label) was enrolled with another model", "enrol it anew with this one")
            }
            let pinned = Precision(settings.precision).map { opened.manifest.precision(wanted: $0).rawValue }
            guard pinned ?? precision == precision else {
                return .error(
                    "\(what) \(label) was enrolled in \(precision), but the settings name \(pinned ?? "another")",
                    "set precision to auto, or enrol it anew")
            }
        } catch {
            return .warning("\(what) \(label) is whole, but there is no model to compare", "see the model bundle")
        }
        return .ok("\(what) \(label), \(set.manifest.k) image(s), \(precision)")
    }
}

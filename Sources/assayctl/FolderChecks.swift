internal import Glibc
internal import Station

/// The daemon's folders, and whether the daemon runs.
struct FolderChecks {
    let places: StationPlaces

    var all: [DoctorFinding] {
        [folder("state folder", places.state), folder("runtime folder", places.runtime), room, daemon]
    }

    private func folder(_ what: String, _ path: String) -> DoctorFinding {
        let label = what + String(repeating: " ", count: max(1, 15 - what.count))
        if unsafe access(path, W_OK | X_OK) == 0 { return .ok("\(label)\(path) is writable") }
        let reason = unsafe String(cString: strerror(errno))
        return .error(
            "\(label)\(path): \(reason)",
            "make it writable for the daemon's user (the unit does that by itself), or name another folder")
    }

    private var room: DoctorFinding {
        var facts = statvfs()
        guard unsafe statvfs(places.state, &facts) == 0 else {
            return .warning(
                "disk           the free space below \(places.state) cannot be told", "make the folder first")
        }
        let megabytes = UInt64(facts.f_bavail) * UInt64(facts.f_frsize) / 1_048_576
        switch megabytes {
        case ..<100: return .error("disk           \(megabytes) MB free below \(places.state)", "make room")
        case ..<1024: return .warning("disk           \(megabytes) MB free below \(places.state)", "make room soon")
        default: return .ok("disk           \(megabytes) MB free below \(places.state)")
        }
    }

    private var daemon: DoctorFinding {
        do throws(StationError) {
            _ = try ControlConnection(to: places.controlSocket).ask(ControlRequest(.status), within: .seconds(5))
            return .ok("daemon         answers at \(places.controlSocket)")
        } catch {
            return .warning(
                "daemon         does not answer at \(places.controlSocket)", "start it when all else is well")
        }
    }
}

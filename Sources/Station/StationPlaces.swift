internal import Glibc

/// The folders that the daemon is given.
package struct StationPlaces: Equatable, Sendable {
    /// Survives restarts: copies of support sets.
    package let state: String

    /// Gone with the daemon: the control socket.
    package let runtime: String

    /// Where the service manager put the daemon's secrets; nil where it gave none.
    package let credentials: String?

    package init(state: String, runtime: String, credentials: String? = nil) {
        self.state = state
        self.runtime = runtime
        self.credentials = credentials
    }

    /// The variables by which the service manager names the folders.
    package static let variables = ["STATE_DIRECTORY", "RUNTIME_DIRECTORY", "CREDENTIALS_DIRECTORY"]

    package static let installedState = "/var/lib/assay"
    package static let installedRuntime = "/run/assay"

    /// The folders given, else those the service manager made (the first of each list), else the installed ones.
    package init(state: String?, runtime: String?, environment: [String: String]) {
        func first(_ name: String) -> String? {
            environment[name]?.split(separator: ":").first.map(String.init)
        }
        self.state = state ?? first("STATE_DIRECTORY") ?? Self.installedState
        self.runtime = runtime ?? first("RUNTIME_DIRECTORY") ?? Self.installedRuntime
        credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
    }

    package var sets: String { state + "/sets" }

    /// What is being fetched; nothing in it is of use to the next run.
    package var fetched: String { state + "/fetched" }

    /// Pictures that people marked.
    package var marks: String { state + "/marks" }
    package var controlSocket: String { runtime + "/control.sock" }

    /// Makes the folders that are not there, the last two levels of each at most.
    package func prepare() throws(StationError) {
        for path in [state, runtime] {
            let parent = path.split(separator: "/").dropLast().reduce(path.hasPrefix("/") ? "" : ".") { "\($0)/\($1)" }
            if !parent.isEmpty, unsafe access(parent, F_OK) != 0 { _ = unsafe mkdir(parent, 0o755) }
            try Self.make(path)
        }
        for path in [sets, fetched, marks] { try Self.make(path) }
    }

    private static func make(_ path: String) throws(StationError) {
        if unsafe mkdir(path, 0o750) != 0, errno != EEXIST {
            throw .folderUnusable(path: path, reason: SystemReason.last)
        }
        guard unsafe access(path, W_OK | X_OK) == 0 else {
            throw .folderUnusable(path: path, reason: SystemReason.last)
        }
    }
}

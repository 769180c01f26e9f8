internal import ArgumentParser
internal import Glibc
internal import Publishing
internal import Station

/// How to reach the daemon of this box.
struct DaemonOptions: ParsableArguments {
    @Option(
        name: .customLong("runtime-dir"),
        help: "The daemon's runtime folder (RUNTIME_DIRECTORY, else \(StationPlaces.installedRuntime)).")
    var directory: String?

    var socket: String {
        StationPlaces(state: nil, runtime: directory, environment: Environment.folders).controlSocket
    }

    /// Whether a daemon is there to be asked.
    var isServed: Bool { ControlConnection.isServed(socket) }

    func ask(_ command: ControlRequest.Command, within limit: Duration) throws -> [UInt8] {
        try ask(ControlRequest(command), within: limit)
    }

    /// The daemon's answer to one request, JSON without its line end.
    func ask(_ request: ControlRequest, within limit: Duration) throws -> [UInt8] {
        try ask { socket throws(StationError) in
            try ControlConnection(to: socket).ask(request, within: limit)
        }
    }

    /// The daemon's answer to a command.
    func ask(_ request: CommandRequest, within limit: Duration) throws -> [UInt8] {
        try ask { socket throws(StationError) in
            try ControlConnection(to: socket).ask(line: request.json(), within: limit)
        }
    }

    private func ask(
        _ asking: (_ socket: String) throws(StationError) -> [UInt8]
    ) throws -> [UInt8] {
        let socket = socket
        do throws(StationError) {
            return try asking(socket)
        } catch {
            let reason =
                switch error {
                case .socketUnusable(_, let reason): reason
                default: "\(error)"
                }
            throw CommandFailure.unreachable(
                """
                no answer from assayd at \(socket) (\(reason)); is it running (systemctl status assayd), \
                is --runtime-dir the daemon's, and is this user root, the daemon's, or in its group?
                """)
        }
    }
}

/// The variables by which the service manager names the daemon's folders.
enum Environment {
    static var folders: [String: String] {
        var folders: [String: String] = [:]
        for name in StationPlaces.variables {
            if let value = unsafe getenv(name) { folders[name] = unsafe String(cString: value) }
        }
        return folders
    }
}

/// A request to the control socket: one line of JSON.
package struct ControlRequest: Codable, Equatable, Sendable {
    package enum Command: String, Codable, CaseIterable, Sendable {
        case status, reload, health, inspect, snapshot
    }

    package var command: Command

    /// The line that is meant, for commands that mean one.
    package var line: String?

    package init(_ command: Command, line: String? = nil) {
        self.command = command
        self.line = line
    }
}

/// The answer to a request that could not be answered otherwise.
package struct ControlError: Codable, Equatable, Sendable {
    package var ok: Bool
    package var error: String

    package init(_ error: String) {
        ok = false
        self.error = error
    }
}

/// The answer to `reload`.
package struct ReloadOutcome: Codable, Equatable, Sendable {
    /// False when anything was refused; what `changed` says was done all the same.
    package var ok: Bool

    /// What was done, one sentence each.
    package var changed: [String]

    /// Keys whose change waits for the next start.
    package var restartNeeded: [String]

    /// What was refused and why; a refused settings file has one entry a problem.
    package var refused: [String]

    package init(changed: [String] = [], restartNeeded: [String] = [], refused: [String] = []) {
        ok = refused.isEmpty
        self.changed = changed
        self.restartNeeded = restartNeeded
        self.refused = refused
    }

    private enum CodingKeys: String, CodingKey {
        case ok, changed, refused
        case restartNeeded = "restart_needed"
    }
}

/// A request to the control socket: one line of JSON.
package struct ControlRequest: Codable, Equatable, Sendable {
    package enum Command: String, Codable, CaseIterable, Sendable {
        case status, reload, health, inspect, snapshot, mark
        case prepareSet = "support-set/prepare"
        case activateSet = "support-set/activate"
        case rollBackSet = "support-set/rollback"
        case setHistory = "support-set/history"
        case collectSets = "support-set/gc"
        case discardMark = "mark/discard"
    }

    package var command: Command

    /// The line that is meant, for commands that mean one.
    package var line: String?

    /// The verdict that is meant, likewise.
    package var verdict: String?

    package init(_ command: Command, line: String? = nil, verdict: String? = nil) {
        self.command = command
        self.line = line
        self.verdict = verdict
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

package import Logging

extension Logger {
    /// Logs a coded event with the level and message of its code.
    ///
    /// - Parameters:
    ///   - line: the line it happened to, `ASSAY_LINE` in the journal.
    ///   - details: further fields; `code` and `line` are taken.
    package func event(_ code: EventCode, line: String? = nil, _ details: Logger.Metadata = [:]) {
        var metadata = details
        metadata["code"] = "\(code.rawValue)"
        if let line { metadata["line"] = "\(line)" }
        log(level: code.severity.level, "\(code.message)", metadata: metadata)
    }
}

extension EventSeverity {
    var level: Logger.Level {
        switch self {
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}

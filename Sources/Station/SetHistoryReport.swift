package import Publishing

/// The answer to `support-set/history`: what lines judged by, and what they have ready.
package struct SetHistoryReport: Codable, Equatable, Sendable {
    package struct Line: Codable, Equatable, Sendable {
        package var line: String
        package var prepared: SupportSetReference?
        package var previous: SupportSetReference?

        /// The set that the settings name and a command overruled, as they name it; absent where the settings rule.
        package var overruled: String?

        /// Oldest first; the last one is in force.
        package var history: [SetRecord.Activation]

        package init(_ line: String, _ record: SetRecord) {
            self.line = line
            prepared = record.prepared
            previous = record.previous
            overruled = record.overruled?.setting
            history = record.history
        }
    }

    package var ok = true
    package var lines: [Line]

    package init(lines: [Line]) { self.lines = lines }
}

/// The answer to `support-set/gc`.
package struct SetCollection: Codable, Equatable, Sendable {
    package var ok: Bool

    /// The digests of the copies that were removed.
    package var removed: [String]

    /// The paths that could not be removed.
    package var left: [String]

    package init(_ collected: (removed: [String], left: [String])) {
        ok = collected.left.isEmpty
        removed = collected.removed
        left = collected.left
    }
}

extension Station {
    /// - Parameter line: nil for every line that something is remembered of.
    func setHistory(of line: String?) -> SetHistoryReport {
        SetHistoryReport(
            lines: records.all.sorted { $0.key < $1.key }.filter { line == nil || $0.key == line }.map {
                SetHistoryReport.Line($0.key, $0.value)
            })
    }
}

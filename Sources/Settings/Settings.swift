/// Everything an operator can set, read from one file and its drop-ins.
///
/// A value of this type is valid: every key was known, of the right type and in range. What each key means, its unit,
/// range and default, and whether a change takes effect while the daemon runs, is in `SettingsKeys`; the example
/// `Config/assay.yaml` says the same to operators. Relative paths of the files were laid on the folder of the file that
/// stated them; they are absolute where that file was named by an absolute path.
package struct Settings: Equatable, Sendable {
    /// The name of this box, a level of every topic.
    package let stationName: String
    /// Threads that judge frames, each with its own inference request.
    package let workerCount: Int
    package let model: ModelChoice
    package let precision: PrecisionPolicy
    package let broker: BrokerSettings
    package let logLevel: LogLevel
    /// Time between two health messages.
    package let healthInterval: Duration
    package let supportSets: SupportSetsSettings
    /// In the order of their names.
    package let lines: [LineSettings]

    /// The lines that should run.
    package var enabledLines: [LineSettings] { lines.filter(\.isEnabled) }

    package func line(named name: String) -> LineSettings? { lines.first { $0.name == name } }
}

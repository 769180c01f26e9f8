package import Capture
package import Health
package import Logging
package import Settings

/// What the station is built from, so that a test can put something else in one place.
package struct StationParts: Sendable {
    package var openModel: ModelLoader

    /// Nil for a station that does not ask.
    package var measurePrecision: PrecisionMeasurer?
    package var makeSource: @Sendable (LineSettings, _ workerCount: Int) -> any FrameSource
    package var readSettings: @Sendable () throws(SettingsErrors) -> Settings
    package var logger: Logger
    package var logThreshold: LogThreshold
    package var notifier: ServiceNotifier
    package var version: String

    /// Ends the process at once; only a new process helps where threads hang.
    package var exit: @Sendable (Int32) -> Void

    package init(
        openModel: @escaping ModelLoader,
        measurePrecision: PrecisionMeasurer? = nil,
        makeSource: @escaping @Sendable (LineSettings, _ workerCount: Int) -> any FrameSource = Self.source,
        readSettings: @escaping @Sendable () throws(SettingsErrors) -> Settings, logger: Logger,
        logThreshold: LogThreshold, notifier: ServiceNotifier = ServiceNotifier(), version: String,
        exit: @escaping @Sendable (Int32) -> Void
    ) {
        self.openModel = openModel
        self.measurePrecision = measurePrecision
        self.makeSource = makeSource
        self.readSettings = readSettings
        self.logger = logger
        self.logThreshold = logThreshold
        self.notifier = notifier
        self.version = version
        self.exit = exit
    }
}

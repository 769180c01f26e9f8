internal import Health
internal import Logging
internal import ServiceLifecycle
internal import Settings
internal import UnixSignals

/// The station as a service: it runs until the group is shut down, or until its replays have ended.
package struct StationService: Service {
    private let station: Station
    private let exitsWhenDone: Bool

    /// - Parameter exitsWhenDone: ends by itself after all replays that play once, when every verdict has arrived.
    package init(_ station: Station, exitsWhenDone: Bool) {
        self.station = station
        self.exitsWhenDone = exitsWhenDone
    }

    package func run() async throws {
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        try station.start()
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in hangUps { station.requestReload() } }
                group.addTask { await watch() }
                group.addTask { await lookAtSources() }
                group.addTask { await reportHealth() }
                if exitsWhenDone {
                    group.addTask { await waitUntilDone() }
                    while !Task.isCancelled, !station.isDone { await group.next() }
                    group.cancelAll()
                }
            }
        }
        let isClean = await station.stop()
        // An end in good order takes away the libraries that a thread is still in, which then brings the process down.
        if !isClean || station.isAtWork { station.parts.exit(0) }
    }

    private func watch() async {
        let timeout = watchdogTimeout
        let interval = min(.seconds(1), timeout.map { $0 / 3 } ?? .seconds(1))
        while await pause(interval) { station.look(feeding: timeout != nil) }
    }

    /// Often enough that a camera whose driver hangs is known of within a second or two.
    private func lookAtSources() async {
        while await pause(.milliseconds(250)) { station.lookAtSources() }
    }

    private var watchdogTimeout: Duration? {
        do throws(HealthError) {
            return try station.parts.notifier.watchdogTimeout()
        } catch {
            station.parts.logger.error("Watchdog settings not understood", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private func reportHealth() async {
        repeat { station.reportHealth() } while await pause(station.settings.healthInterval)
    }

    private func waitUntilDone() async {
        while !station.isDone, await pause(.milliseconds(100)) {}
    }

    /// - Returns: false when the station is to stop.
    private func pause(_ duration: Duration) async -> Bool {
        do {
            try await Task.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}

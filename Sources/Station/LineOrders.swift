internal import Settings

/// All that decides how a line judges a frame, as one value: read once, when the frame is taken.
struct LineOrders: Sendable {
    var settings: LineSettings
    var set: JudgingSet?

    /// The camera as verdicts name it: what the settings name it by, or the replayed folder or pattern.
    var camera: String {
        switch settings.camera {
        case .device(let device): device.name.wording
        case .replay(let replay): replay.path
        }
    }

    /// A replay that waits for its taker cannot be late.
    var mayBeStale: Bool {
        switch settings.camera {
        case .device: true
        case .replay(let replay): !replay.waits
        }
    }

    /// The usual time between two frames that are judged.
    var frameInterval: Duration {
        let period: Duration =
            switch settings.camera {
            case .device(let device): .seconds(1 / device.rate)
            case .replay(let replay): .seconds(1 / replay.rate)
            }
        return switch settings.trigger {
        case .freeRun: period
        case .timer(let interval): max(period, interval)
        }
    }

    var timerInterval: Duration? {
        switch settings.trigger {
        case .freeRun: nil
        case .timer(let interval): interval
        }
    }
}

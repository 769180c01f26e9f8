internal import Settings

/// All that decides how a line judges a frame, as one value: read once, when the frame is taken.
struct LineOrders: Sendable {
    var settings: LineSettings
    var set: JudgingSet?

    /// The camera's controls are not as they should be, and the line gives no verdicts then.
    var controlsDiffer = false

    /// The camera as verdicts name it: the device's path, or the replayed folder or pattern.
    var camera: String { settings.cameraID }

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
        case .freeRun, .command, .camera: period
        case .timer(let interval): max(period, interval)
        }
    }

    var triggerMode: TriggerQueue.Mode {
        switch settings.trigger {
        case .freeRun: .freeRun
        case .timer(let interval): .timer(interval: interval)
        case .command: .command
        case .camera: .camera
        }
    }

    /// From a command to the earliest exposure of its frame.
    var triggerDelay: Duration {
        if case .command(let delay) = settings.trigger { delay } else { .zero }
    }

    /// The time a command has where it does not say: a frame's own, and two frames to come.
    var commandDeadline: Duration { settings.deadline + triggerDelay + frameInterval * 2 }
}

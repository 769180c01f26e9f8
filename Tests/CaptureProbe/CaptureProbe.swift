internal import Capture
internal import Glibc
internal import Imaging
internal import Synchronization

/// Captures with `CameraSource` and prints what comes, one JSON object a line; tests run it under a preloaded camera.
///
/// Arguments are `name=value`: the camera's name by the key of the settings (`device`, `serial` …), `frames` to take,
/// `hold` milliseconds each frame is kept, `workers`, `format`, `width`, `height`, `rate`, `controls` as `name:value,…`,
/// `warmup` frames, `retry` and `timeout` in milliseconds, `cycles` of start and stop, `limit` in milliseconds,
/// `bench` (`encoded`, `decoded`) to take frames in silence.
@main
struct CaptureProbe {
    static func main() throws {
        let options = Options(CommandLine.arguments.dropFirst())
        let workerCount = options.number("workers", 1)
        let request = CameraRequest(
            camera: options.camera, format: options.text("format").flatMap(PixelFormat.init(named:)),
            size: options.size, rate: options.text("rate").flatMap(Double.init), workerCount: workerCount,
            controls: options.controls, warmUpFrameCount: options.number("warmup", 0))
        let pace = RecoveryPace(
            retryInterval: .milliseconds(options.number("retry", 50)),
            frameTimeout: options.text("timeout").flatMap(Int.init).map { .milliseconds($0) },
            firstFrameTimeout: .milliseconds(options.number("timeout", 5000)))
        let run = try Run(source: CameraSource(request, pace: pace), limit: options.number("limit", 20_000))

        if let aim = options.text("bench") {
            try run.bench(isDecoding: aim == "decoded")
            return
        }

        // A first round settles what the runtime opens and maps once.
        let cycleCount = options.number("cycles", 1)
        try run.round(frameCount: options.number("frames", 1), hold: options.number("hold", 0), workerCount)
        let before = OpenResources()
        for _ in 1..<max(1, cycleCount) {
            try run.round(frameCount: options.number("frames", 1), hold: options.number("hold", 0), workerCount)
        }
        let after = OpenResources()
        Output.line(
            """
            {"event":"done","offered":\(run.slot.offeredCount),"skipped":\(run.slot.skippedCount),\
            "errors":\(run.source.counters.errorFrameCount),"lost":\(run.source.counters.lostFrameCount),\
            "losses":\(run.source.counters.lossCount),"flagged":\(run.source.counters.count(of: .flagged)),\
            "short":\(run.source.counters.count(of: .short)),"oversized":\(run.source.counters.count(of: .oversized)),\
            "stamps":\(run.source.counters.doubtfulStampCount),"repeated":\(run.source.counters.repeatedNumberCount),\
            "unseen":\(run.source.counters.warmUpFrameCount),"taken":\(run.takenCount),\
            "descriptorsBefore":\(before.descriptorCount),"descriptorsAfter":\(after.descriptorCount),\
            "mappingsBefore":\(before.cameraMappingCount),"mappingsAfter":\(after.cameraMappingCount),\
            "threadsBefore":\(before.threadCount),"threadsAfter":\(after.threadCount)}
            """)
    }
}

/// The arguments.
private struct Options {
    private var values: [String: String] = [:]

    init(_ arguments: ArraySlice<String>) {
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
    }

    func text(_ name: String) -> String? { values[name] }

    func number(_ name: String, _ otherwise: Int) -> Int { values[name].flatMap(Int.init) ?? otherwise }

    var controls: [ControlWish] {
        (values["controls"] ?? "").split(separator: ",").map { wish in
            let parts = wish.split(separator: ":", maxSplits: 1).map(String.init)
            let text = parts.count == 2 ? parts[1] : ""
            let value: ControlValue =
                switch text {
                case "true", "false": .truth(text == "true")
                default: Int64(text).map { .number($0) } ?? .item(text)
                }
            return ControlWish(parts[0], value)
        }
    }

    var camera: CameraName {
        let named = CameraName.Key.allCases.compactMap { key in values[key.rawValue].map { CameraName(key, $0) } }
        return named.first ?? CameraName(.device, "/dev/video0")
    }

    var size: PixelSize? {
        guard let width = values["width"].flatMap(Int.init), let height = values["height"].flatMap(Int.init) else {
            return nil
        }
        return PixelSize(width: width, height: height)
    }
}

/// A source, its slot and its workers.
private final class Run: Sendable {
    let source: CameraSource
    let slot = LatestFrame()
    private let doorbell: Doorbell
    private let deadline: MonotonicTime
    private let taken = Atomic(0)

    init(source: CameraSource, limit: Int) throws {
        self.source = source
        doorbell = try Doorbell()
        deadline = .now.advanced(by: .milliseconds(limit))
    }

    var takenCount: Int { taken.load(ordering: .relaxed) }

    /// Starts, takes `frameCount` frames with `workerCount` threads, stops.
    func round(frameCount: Int, hold: Int, _ workerCount: Int) throws {
        try source.start(into: slot, ringing: doorbell) { state in Output.line(state.line) }
        let goal = takenCount + frameCount
        let isOver = Over()
        let watcher = try NamedThread(name: "watcher") {
            while !isOver.flag.load(ordering: .relaxed) {
                self.source.look()
                usleep(20_000)
            }
        }
        let first = try NamedThread(name: "worker") { self.work(until: goal, hold: hold) }
        if workerCount > 1 {
            let second = try NamedThread(name: "worker") { self.work(until: goal, hold: hold) }
            second.join()
        }
        first.join()
        let begun = MonotonicTime.now
        let hasEnded = source.stop()
        slot.clear()
        isOver.flag.store(true, ordering: .relaxed)
        watcher.join()
        Output.line(
            """
            {"event":"stopped","ms":\(MonotonicTime.now.since(begun) / .milliseconds(1)),"ended":\(hasEnded)}
            """)
    }

    /// Takes frames and says nothing, for measurements, until a signal; waits without a limit, as the daemon's workers do.
    func bench(isDecoding: Bool) throws {
        try source.start(into: slot, ringing: doorbell) { _ in }
        var decoder = FrameDecoder()
        var picture = Image(width: 1, height: 1, pixels: [0, 0, 0])
        while true {
            guard doorbell.wait(timeout: nil), let frame = slot.take() else { continue }
            if isDecoding { try frame.decode(into: &picture, with: &decoder) }
        }
    }

    private func work(until goal: Int, hold: Int) {
        while deadline > .now, takenCount < goal {
            guard doorbell.wait(timeout: .milliseconds(100)), let frame = slot.take() else { continue }
            taken.add(1, ordering: .relaxed)
            let age = MonotonicTime.now.since(frame.capturedAt) / .milliseconds(1)
            let byteCount = unsafe frame.withBytes { bytes in bytes.count }
            let bytes = unsafe frame.withBytes { bytes in
                let edges = unsafe Array(bytes.prefix(12)) + bytes.suffix(1)
                return edges.map(String.init).joined(separator: ",")
            }
            // Held as an inference would, then looked at again: the driver must not have written to it.
            if hold > 0 { usleep(UInt32(hold) * 1000) }
            let isUnchanged = unsafe frame.withBytes { again in
                unsafe (Array(again.prefix(12)) + again.suffix(1)).map(String.init).joined(separator: ",") == bytes
            }
            Output.line(
                """
                {"event":"frame","sequence":\(frame.sequence),"lost":\(frame.lostBefore),\
                "skipped":\(frame.skippedBefore),"ageMilliseconds":\(age),"count":\(byteCount),"bytes":[\(bytes)],\
                "unchanged":\(isUnchanged),"row":\(frame.layout?.bytesPerRow ?? 0),"format":"\(frame.formatName)",\
                "picture":\(picture(of: frame))}
                """)
        }
    }

    /// The size and the first pixel of the decoded picture, or what is wrong with it.
    private func picture(of frame: borrowing Frame) -> String {
        do throws(ImagingError) {
            let image = try frame.decoded()
            let pixel = image.pixels.prefix(3).map(String.init).joined(separator: ",")
            return "{\"width\":\(image.width),\"height\":\(image.height),\"first\":[\(pixel)]}"
        } catch {
            return "{\"width\":0,\"height\":0,\"first\":[]}"
        }
    }
}

extension SourceState {
    /// On the monotonic clock.
    private static var milliseconds: Int64 { MonotonicTime.now.nanoseconds / 1_000_000 }

    fileprivate var line: String {
        switch self {
        case .opening: "{\"event\":\"opening\",\"at\":\(Self.milliseconds)}"
        case .ended: "{\"event\":\"ended\"}"
        case .lost(let reason):
            "{\"event\":\"lost\",\"at\":\(Self.milliseconds),\"code\":\"\(reason.code)\",\"text\":\"\(reason)\"}"
        case .streaming(let camera):
            """
            {"event":"streaming","at":\(Self.milliseconds),"device":"\(camera.node?.device ?? "")",\
            "serial":"\(camera.node?.serial ?? "")","format":"\(camera.format?.rawValue ?? "")","width":\(camera.size?.width ?? 0),\
            "height":\(camera.size?.height ?? 0),"rate":\(camera.rate ?? 0),"card":"\(camera.card)",\
            "crop":\(camera.crop.map { "[\($0.x),\($0.y),\($0.width),\($0.height)]" } ?? "null"),\
            "driver":"\(camera.driver)","bus":"\(camera.busInfo)","controls":{\(camera.controls.valueLines)},\
            "faults":[\(camera.controls.faultLines)]}
            """
        }
    }
}

extension CameraControls {
    fileprivate var valueLines: String {
        values.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
    }

    fileprivate var faultLines: String {
        faults.map { "\"\($0.description.replacing("\"", with: "'"))\"" }.joined(separator: ",")
    }
}

/// A flag that two threads share.
private final class Over: Sendable {
    let flag = Atomic(false)
}

/// What the process holds open.
private struct OpenResources {
    let descriptorCount: Int
    let threadCount: Int
    let cameraMappingCount: Int

    init() {
        descriptorCount = Self.entryCount(of: "/proc/self/fd")
        threadCount = Self.entryCount(of: "/proc/self/task")
        cameraMappingCount = Self.mappingCount(of: "memfd:preload_camera", or: "/dev/video")
    }

    private static func entryCount(of folder: String) -> Int {
        guard let opened = unsafe opendir(folder) else { return -1 }
        defer { _ = unsafe closedir(opened) }
        var count = 0
        while unsafe readdir(opened) != nil { count += 1 }
        return count
    }

    /// Memory maps of a file with one of these in its name.
    private static func mappingCount(of name: String, or other: String) -> Int {
        guard let file = unsafe fopen("/proc/self/maps", "r") else { return -1 }
        defer { _ = unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 4096)
        var count = 0
        while unsafe fgets(&line, 4096, file) != nil {
            if unsafe strstr(line, name) != nil || strstr(line, other) != nil { count += 1 }
        }
        return count
    }
}

/// Whole lines from several threads.
private enum Output {
    private static let lock = Mutex(())

    static func line(_ text: String) {
        lock.withLock { _ in
            print(text)
            _ = fflush(nil)
        }
    }
}

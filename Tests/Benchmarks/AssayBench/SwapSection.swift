internal import Foundation
internal import Glibc
internal import Publishing
internal import Station
internal import SupportSets

/// A support set with a structural bank of 1 GB takes over while the daemon judges, and is taken back.
///
/// The bank's rows are those of a real set, many times; searched is the core, so that a frame takes as long as ever.
struct SwapSection {
    private static let bankBytes = 1 << 30
    private static let rate = 2.0
    private static let rollbackBudget = 1000.0

    /// What the daemon may take beside the bank, in megabytes.
    private static let spareMegabytes = 64.0

    /// The folder with `good-1` and `frames`.
    let pictures: String

    /// The folder with `assayd` and `assayctl`.
    let programs: String

    func run() throws -> [BenchEntry] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-bench-swap-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { Self.removeItem(folder) }
        try Self.finish(
            Self.start(
                programs + "/assayctl",
                ["enroll", pictures + "/good-1", "--name", "bench", "--output", folder + "/set", "--skip-self-test"]))
        let bank = try Self.enlarge(folder + "/set", to: folder + "/big") / 1_048_576
        try settings(in: folder).write(toFile: folder + "/assay.yaml", atomically: true, encoding: .utf8)
        let daemon = try Self.start(
            programs + "/assayd",
            ["--config", folder + "/assay.yaml", "--state-dir", folder + "/state", "--runtime-dir", folder + "/run"])
        defer { daemon.terminate() }
        var watch = SwapWatch(socket: folder + "/run/control.sock")
        try watch.look(until: { $0.judged >= 6 }, within: .seconds(120))
        let before = try Self.residentMegabytes(of: daemon.processIdentifier)
        let skipped = watch.skipped

        let preparing = try Self.start(
            programs + "/assayctl",
            ["set", "prepare", folder + "/big", "--line", "bench", "--runtime-dir", folder + "/run"])
        try watch.look(until: { _ in !preparing.isRunning }, within: .seconds(600))
        try Self.finish(preparing)
        watch.forgetGaps()
        let swap = try watch.give(.activateSet)
        let judged = watch.judged
        try watch.look(until: { $0.judged >= judged + 8 }, within: .seconds(60))
        let delay = max(0, watch.longestGap - 1000 / Self.rate)
        let grown = try Self.residentMegabytes(of: daemon.processIdentifier) - before
        let rollback = try watch.give(.rollBackSet)
        let lost = watch.skipped - skipped
        daemon.terminate()
        daemon.waitUntilExit()

        print("swap of a bank of \(Int(bank)) MB while \(Self.rate) frames a second are judged")
        print(
            String(
                format: """
                      %.0f frames dropped, a frame %.0f ms late of %.0f, %.0f MB more resident of %.0f, \
                    activation %.0f ms, rollback %.0f ms
                    """, Double(lost), delay, 1000 / Self.rate, grown, bank + Self.spareMegabytes, swap, rollback))
        guard lost == 0 else { throw BenchError(description: "\(lost) frames were dropped at the swap") }
        guard grown <= bank + Self.spareMegabytes else {
            throw BenchError(description: "the daemon grew by \(Int(grown)) MB at the swap")
        }
        return [
            BenchEntry(
                name: "frame delay at a swap", oursMilliseconds: max(delay, 0.001), peer: "one frame",
                peerMilliseconds: 1000 / Self.rate, leastRatio: 1),
            BenchEntry(
                name: "rollback of a support set", oursMilliseconds: rollback, peer: "budget",
                peerMilliseconds: Self.rollbackBudget, leastRatio: 1),
        ]
    }

    private func settings(in folder: String) -> String {
        """
        station: {name: bench}
        workers: 1
        mqtt: {enabled: false}
        log: {level: error}
        lines:
          bench:
            camera: {replay: \(pictures.hasPrefix("/") ? "" : FileManager.default.currentDirectoryPath + "/")\
        \(pictures)/good-1, rate: \(Self.rate)}
            support_set: \(folder)/set
            deadline_ms: 20000
        """
    }

    /// Writes the set again with as many rows as make a bank of at least the wanted size, and thresholds that pass
    /// everything.
    ///
    /// - Returns: the size of the bank's file, in bytes.
    private static func enlarge(_ source: String, to target: String) throws -> Double {
        try FileManager.default.copyItem(atPath: source, toPath: target)
        let path = target + "/structural.bank"
        let old = try Data(contentsOf: URL(filePath: path))
        // The header's words: magic, version, images, height, width, channels, rows of the core.
        var words = (0..<7).map { word in
            old[(4 * word)..<(4 * word + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        let rowBytes = 4 * Int(words[2]) * Int(words[3]) * Int(words[4]) * Int(words[5])
        let (rows, columns) = try factors(height: Int(words[3]), width: Int(words[4]), rowBytes: rowBytes)
        let count = rows * columns
        words[3] *= UInt32(rows)
        words[4] *= UInt32(columns)
        try Data(words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
            .write(to: URL(filePath: path))
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.seekToEnd()
        try file.write(contentsOf: old[28..<64])
        for _ in 0..<count { try file.write(contentsOf: old[64..<(64 + rowBytes)]) }
        try file.write(contentsOf: old[(64 + rowBytes)...])
        try file.close()

        let manifestPath = URL(filePath: target + "/manifest.json")
        var manifest = try JSONDecoder().decode(SupportSetManifest.self, from: Data(contentsOf: manifestPath))
        manifest.version = "big"
        manifest.structure.isAligned = false
        manifest.surface = nil
        manifest.files["structural.bank"] = try SupportSetFolder.digest(of: path)
        for method in manifest.calibration.methods.keys {
            manifest.calibration.methods[method]?.threshold = 1_000_000
            manifest.calibration.methods[method]?.guardLow = 1_000_000
            manifest.calibration.methods[method]?.guardHigh = 1_000_000
        }
        try JSONEncoder().encode(manifest).write(to: manifestPath)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes[.size] as? Int else { throw BenchError(description: "\(path) has no size") }
        return Double(size)
    }

    /// How often each side of the grid is to be repeated, so that the bank is as little above the wanted size as can be.
    private static func factors(height: Int, width: Int, rowBytes: Int) throws -> (rows: Int, columns: Int) {
        let least = (bankBytes + rowBytes - 1) / rowBytes
        // The reader takes grids of at most 4096 cells a side.
        let found = (1...max(1, 4096 / height)).map { rows in (rows: rows, columns: (least + rows - 1) / rows) }
            .filter { $0.columns * width <= 4096 }.min { $0.rows * $0.columns < $1.rows * $1.columns }
        guard let found else { throw BenchError(description: "the pictures are too small for a bank of 1 GB") }
        return found
    }

    private static func start(_ program: String, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func finish(_ process: Process) throws {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError(
                description: "\(process.arguments?.prefix(2).joined(separator: " ") ?? "a program") failed")
        }
    }

    private static func removeItem(_ path: String) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("not removed: \(path)")
        }
    }

    private static func residentMegabytes(of process: Int32) throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { throw BenchError(description: "no VmRSS in /proc/\(process)/status") }
        return kilobytes / 1024
    }
}

/// Looks at a daemon's only line again and again.
private struct SwapWatch {
    let socket: String
    private(set) var judged = 0
    private(set) var skipped = 0

    /// Between two frames that were judged one after the other, in milliseconds.
    private(set) var longestGap = 0.0
    private var last: ContinuousClock.Instant?

    init(socket: String) { self.socket = socket }

    mutating func forgetGaps() { longestGap = 0 }

    mutating func look(until isDone: (SwapWatch) -> Bool, within limit: Duration) throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if let line = try report()?.lines.first { note(line) }
            if isDone(self) { return }
            usleep(10_000)
        }
        throw BenchError(description: "the daemon did not come so far within \(limit)")
    }

    /// Gives a command; how long its answer took, in milliseconds.
    mutating func give(_ name: CommandName) throws -> Double {
        let start = ContinuousClock.now
        let answer = try ControlConnection(to: socket).ask(
            line: CommandRequest(name, line: "bench").json(), within: .seconds(30))
        let time = (ContinuousClock.now - start) / .milliseconds(1)
        let text = String(decoding: answer, as: UTF8.self)
        guard text.contains(#""ok":true"#) else { throw BenchError(description: text) }
        return time
    }

    private mutating func note(_ line: LineReport) {
        skipped = Int(line.counts.skipped)
        let count = Int(line.counts.judged)
        guard count > judged else { return }
        let now = ContinuousClock.now
        if let last { longestGap = max(longestGap, (now - last) / .milliseconds(1)) }
        last = now
        judged = count
    }

    /// Nil while the daemon does not listen yet.
    private func report() throws -> StatusReport? {
        guard ControlConnection.isServed(socket) else { return nil }
        let bytes = try ControlConnection(to: socket).ask(ControlRequest(.status), within: .seconds(10))
        return try JSONDecoder().decode(StatusReport.self, from: Data(bytes))
    }
}

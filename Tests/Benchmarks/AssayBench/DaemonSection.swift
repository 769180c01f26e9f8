internal import Foundation
internal import Glibc

/// The daemon as a whole: from its start to READY=1, and the memory it has taken after some frames.
struct DaemonSection {
    private static let readyBudget = 3000.0
    private static let frameCount = 100

    /// The folder with `good-1` and `frames`.
    let pictures: String

    /// The folder with `assayd` and `assayctl`.
    let programs: String

    func run() throws -> [BenchEntry] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-bench-daemon-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder + "/frames", withIntermediateDirectories: true)
        let enrolment = try Self.start(
            programs + "/assayctl",
            ["enroll", pictures + "/good-1", "--name", "bench", "--output", folder + "/set", "--skip-self-test"],
            environment: [:])
        enrolment.waitUntilExit()
        guard enrolment.terminationStatus == 0 else { throw BenchError(description: "assayctl enroll failed") }
        try layOutFrames(in: folder + "/frames")
        try settings(in: folder).write(toFile: folder + "/assay.yaml", atomically: true, encoding: .utf8)

        let socket = try NotifySocket(path: folder + "/notify")
        let clock = ContinuousClock()
        let start = clock.now
        let daemon = try Self.start(
            programs + "/assayd",
            ["--config", folder + "/assay.yaml", "--state-dir", folder + "/state", "--runtime-dir", folder + "/run"],
            environment: ["NOTIFY_SOCKET": folder + "/notify"])
        try socket.await("READY=1")
        let ready = (clock.now - start) / .milliseconds(1)
        try Self.awaitJudged(Self.frameCount, runtime: folder + "/run", programs: programs)
        let resident = try Self.residentMegabytes(of: daemon.processIdentifier)
        daemon.terminate()
        daemon.waitUntilExit()
        try FileManager.default.removeItem(atPath: folder)
        print(String(format: "assayd: ready after %.0f ms; %.0f MB resident after 100 frames", ready, resident))
        return [
            BenchEntry(
                name: "daemon ready", oursMilliseconds: ready, peer: "budget", peerMilliseconds: Self.readyBudget)
        ]
    }

    private func layOutFrames(in folder: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: pictures + "/frames").sorted()
        for index in 0..<Self.frameCount {
            let name = names[index % names.count]
            try FileManager.default.copyItem(
                atPath: pictures + "/frames/" + name, toPath: folder + String(format: "/%04d-", index) + name)
        }
    }

    private func settings(in folder: String) -> String {
        """
        station: {name: bench}
        workers: 1
        mqtt: {enabled: false}
        log: {level: error}
        lines:
          bench:
            camera: {replay: \(folder)/frames, rate: 100, loop: false, wait: true}
            support_set: \(folder)/set
        """
    }

    private static func start(
        _ program: String, _ arguments: [String], environment: [String: String]
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    private struct Status: Decodable {
        struct Line: Decodable {
            struct Counts: Decodable {
                let judged: Int
            }
            let counts: Counts
        }
        let lines: [Line]
    }

    private static func awaitJudged(_ count: Int, runtime: String, programs: String) throws {
        let deadline = ContinuousClock().now + .seconds(60)
        while ContinuousClock().now < deadline {
            let question = Process()
            question.executableURL = URL(fileURLWithPath: programs + "/assayctl")
            question.arguments = ["status", "--json", "--runtime-dir", runtime]
            let output = Pipe()
            question.standardOutput = output
            try question.run()
            let answer = try output.fileHandleForReading.readToEnd() ?? Data()
            question.waitUntilExit()
            if let status = try? JSONDecoder().decode(Status.self, from: answer),
                status.lines.allSatisfy({ $0.counts.judged >= count })
            {
                return
            }
            usleep(100_000)
        }
        throw BenchError(description: "the daemon did not judge \(count) frames within a minute")
    }

    private static func residentMegabytes(of process: Int32) throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { throw BenchError(description: "no VmHWM in /proc/\(process)/status") }
        return kilobytes / 1024
    }
}

/// What systemd would listen on.
private struct NotifySocket: ~Copyable {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchError(description: "no socket to be had") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isBound = unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
            guard path.utf8.count < place.count else { return false }
            unsafe place.copyBytes(from: path.utf8)
            return true
        }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, size) }
        }
        guard isBound, status == 0 else { throw BenchError(description: "cannot listen at \(path)") }
    }

    deinit { close(descriptor) }

    /// Waits at most half a minute for a datagram that holds `state`.
    func await(_ state: String) throws {
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { throw BenchError(description: "assayd did not say \(state) within 30 s") }
            if String(decoding: buffer.prefix(count), as: UTF8.self).contains(state) { return }
        }
    }
}

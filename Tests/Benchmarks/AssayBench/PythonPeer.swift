internal import Foundation

/// A program in Python that does the same job, run on one core.
struct PythonPeer {
    let python: String

    /// The script's name in `Tests/Benchmarks`.
    let script: String

    /// Runs the script and returns what it prints, line by line; fails where the script does.
    ///
    /// - Parameter environment: set, or where nil unset, for the script.
    func lines(_ arguments: [String], environment: [String: String?] = [:]) throws -> [Data] {
        let path = URL(filePath: #filePath).appending(path: "../../" + script).standardized.path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, path] + arguments
        var variables = ProcessInfo.processInfo.environment
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] { variables[name] = "1" }
        for (name, value) in environment { variables[name] = value }
        process.environment = variables
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError(
                description: "\(python) cannot run \(path); set ASSAY_PYTHON to a Python with what make bench installs")
        }
        return lines.split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }
}

/// A file for a peer to read; it is removed with its owner.
struct PeerFile: ~Copyable {
    let path: String
    private var bytes = Data()

    init(_ name: String) {
        path = FileManager.default.temporaryDirectory.appending(path: "assay-bench-\(getpid())-\(name)").path
    }

    mutating func append<Value: BitwiseCopyable>(_ value: Value) {
        unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func append<Value: BitwiseCopyable>(_ values: [Value]) {
        unsafe values.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    func write() throws { try bytes.write(to: URL(filePath: path)) }

    deinit { _ = unsafe unlink(path) }
}

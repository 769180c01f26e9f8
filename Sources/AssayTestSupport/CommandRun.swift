internal import Foundation

/// A program that ran to its end, with what it said.
package struct CommandRun: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String

    /// Runs one of this package's programs from the build folder.
    ///
    /// - Parameters:
    ///   - name: the program, as `assayctl`.
    ///   - environment: variables added to those of the test.
    ///   - directory: where it runs.
    package init(
        _ name: String, _ arguments: [String], environment: [String: String] = [:], in directory: String? = nil
    ) throws {
        let folder = try TemporaryFolder("assay-run")
        let process = Process()
        process.executableURL = try Self.program(name)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        // Files take any amount of output without a reader.
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", to: "output")))
        let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", to: "errors")))
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        self.output = try String(contentsOfFile: folder.file("output"), encoding: .utf8)
        self.errors = try String(contentsOfFile: folder.file("errors"), encoding: .utf8)
    }

    /// The lines on standard output.
    package var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The program lies beside the test program; where the tests run inside another one, in the build folder.
    private static func program(_ name: String) throws -> URL {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let candidates = [
            URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name).path,
            "\(Repository.root)/.build/release/\(name)",
        ]
        guard let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw TestSupportError.missing(program: name, remedy: "build it with swift build -c release")
        }
        return URL(fileURLWithPath: path)
    }
}

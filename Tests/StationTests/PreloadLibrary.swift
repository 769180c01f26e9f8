import AssayTestSupport
import Foundation
import Synchronization
import Testing

/// The test library that makes a camera in one process, compiled for settings of a given prefix.
enum PreloadLibrary {
    /// Where the build put the programs: beside the tests.
    static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    private static let made = Mutex<[String: String]>([:])

    /// Compiled once a run and prefix.
    static func path(prefix: String) throws -> String {
        try made.withLock { made in
            if let path = made[prefix] { return path }
            let source = "\(Repository.root)/Tests/PreloadCamera/preload_camera.c"
            let target = "\(products)/station_\(prefix.lowercased())\(getpid()).so"
            let compiler = Process()
            compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            compiler.arguments = [
                "cc", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O2", "-DPRELOAD_PREFIX=\"\(prefix)\"", "-o",
                target, source, "-ldl", "-lpthread",
            ]
            try compiler.run()
            compiler.waitUntilExit()
            try #require(compiler.terminationStatus == 0)
            made[prefix] = target
            return target
        }
    }
}

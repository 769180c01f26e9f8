internal import Glibc

/// The library of `Tests/PreloadCamera`, compiled for a test that starts a program under it.
package enum PreloadCameraLibrary {
    /// Compiles it into `folder`; the path belongs into `LD_PRELOAD`.
    package static func compile(into folder: TemporaryFolder) throws(TestSupportError) -> String {
        let target = folder.file("preload_camera.so")
        let compiler = try ChildProcess(
            "cc",
            [
                "-shared", "-fPIC", "-O2", "-o", target, "\(Repository.root)/Tests/PreloadCamera/preload_camera.c",
                "-ldl", "-lpthread",
            ], output: folder.file("cc.log"))
        guard compiler.wait() == 0 else { throw .notReady(program: "cc", output: folder.file("cc.log")) }
        return target
    }

    /// A program of the build, which lies beside the tests.
    package static func program(_ name: String) throws(TestSupportError) -> String {
        var target = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/self/exe", &target, target.count - 1)
        let own = String(decoding: target.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for tests in [own] + CommandLine.arguments {
            guard let slash = tests.lastIndex(of: "/") else { continue }
            let path = tests[...slash] + name
            if unsafe access(String(path), X_OK) == 0 { return String(path) }
        }
        return "\(Repository.root)/.build/release/\(name)"
    }
}

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
}

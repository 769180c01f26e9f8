import AssayTestSupport
import Foundation
import Imaging

/// A folder with drawn pictures, and the set that `assayctl enroll` makes of the good ones with the real networks.
struct Workbench {
    let folder: TemporaryFolder
    let set: String

    /// Made once for all tests, since loading the networks takes longest.
    static let shared = Result { try Workbench() }

    private init() throws {
        folder = try TemporaryFolder("assay-bench")
        try FileManager.default.createDirectory(
            atPath: folder.file("good"), withIntermediateDirectories: false)
        for seed in 1...4 {
            try folder.write(Self.scene(seed: UInt64(seed)).image(scale: 2).png(), to: "good/\(seed).png")
        }
        set = folder.file("set")
        let run = try CommandRun(
            "assayctl",
            ["enroll", folder.file("good"), "--name", "tray", "--version", "3", "--output", set, "--skip-self-test"])
        guard run.status == 0 else { throw TestSupportError.notReady(program: "assayctl enroll", output: run.errors) }
        try write(Self.scene(seed: 1), as: "pass.png")
        var erased = Self.scene(seed: 12)
        erased.parts.remove(at: 4)
        try write(erased, as: "fail.png")
        var tall = DrawnScene.tray
        tall.size = PixelSize(width: 144, height: 192)
        try write(tall, as: "tall.png")
    }

    /// A tray on a dark ground: what the segmenter was made for.
    static func scene(seed: UInt64) -> DrawnScene {
        var scene = DrawnScene.tray.varied(seed: seed)
        scene.background = 60
        return scene
    }

    @discardableResult
    func write(_ scene: DrawnScene, as name: String) throws -> String {
        try folder.write(scene.image(scale: 2).png(), to: name)
    }

    @discardableResult
    func write(_ image: Image, as name: String) throws -> String { try folder.write(image.png(), to: name) }

    func file(_ name: String) -> String { folder.file(name) }

    func inspect(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandRun {
        try CommandRun("assayctl", ["inspect", "--set", set] + arguments, environment: environment)
    }
}

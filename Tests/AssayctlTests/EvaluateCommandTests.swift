import AssayTestSupport
import Foundation
import Imaging
import Testing

/// `assayctl evaluate` with the real networks on drawn trays.
struct EvaluateCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-evaluate")
        for place in ["train/good", "test/good", "test/logical_anomalies"] {
            try FileManager.default.createDirectory(
                atPath: folder.file("set/tray/" + place), withIntermediateDirectories: true)
        }
        for seed in 1...3 { try write(Workbench.scene(seed: UInt64(seed)), "train/good/\(seed).png") }
        for seed in 11...12 { try write(Workbench.scene(seed: UInt64(seed)), "test/good/\(seed).png") }
        var scene = Workbench.scene(seed: 13)
        scene.parts.remove(at: 4)
        try write(scene, "test/logical_anomalies/0.png")
    }

    private func write(_ scene: DrawnScene, _ name: String) throws {
        try folder.write(scene.image(scale: 2).png(), to: "set/tray/" + name)
    }

    /// Draws are kept in a folder of this test; the model and the runtime stay the installed ones.
    private func evaluate(_ arguments: String...) throws -> CommandRun {
        let home = ProcessInfo.processInfo.environment
        let cache = home["ASSAY_CACHE"] ?? (home["XDG_CACHE_HOME"] ?? (home["HOME"] ?? "") + "/.cache") + "/assay"
        let own = folder.file("cache")
        if !FileManager.default.fileExists(atPath: own) {
            try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: false)
            for name in try FileManager.default.contentsOfDirectory(atPath: cache) where name != "evaluation" {
                try FileManager.default.createSymbolicLink(
                    atPath: own + "/" + name, withDestinationPath: cache + "/" + name)
            }
        }
        return try CommandRun("assayctl", ["evaluate"] + arguments, environment: ["ASSAY_CACHE": own])
    }

    private func draws() throws -> [String: Date] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("cache/evaluation"))
        var dates: [String: Date] = [:]
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("cache/evaluation/" + name))
            dates[name] = attributes[.modificationDate] as? Date
        }
        return dates
    }

    @Test func figuresAreWrittenAndALaterRunGoesOn() throws {
        let set = folder.file("set")
        let json = folder.file("result.json")
        let first = try evaluate(set, "--layout", "assay", "--shots", "2", "--seeds", "1", "--json", json)
        #expect(first.status == 0, "\(first.errors)")
        #expect(
            first.output.contains("assay, 2 shots, 1 draw;") && first.output.contains("tray") && first.errors.isEmpty)
        let before = try draws()
        #expect(before.count == 1)
        let content = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
        let categories = try #require((content as? [String: Any])?["categories"] as? [String: Any])
        let tray = try #require(categories["tray"] as? [String: Any])
        let auroc = try #require((tray["image_auroc"] as? [String: Any])?["all"] as? [String: Double])
        #expect(auroc == ["mean": 1, "std": 0])
        #expect(tray["pixel_auroc"] is NSNull && tray["pro"] is NSNull)

        let report = folder.file("report")
        let second = try evaluate(set, "--layout", "assay", "--shots", "2", "--seeds", "2", "--report", report)
        #expect(second.status == 0, "\(second.errors)")
        let after = try draws()
        #expect(after.count == 2 && before.allSatisfy { after[$0.key] == $0.value })
        #expect(FileManager.default.fileExists(atPath: report + "/report.html"))
    }

    @Test func objectsAreMeasuredAgainstTheirAnnotations() throws {
        for place in ["train/good", "test/good"] {
            try FileManager.default.createDirectory(
                atPath: folder.file("set/tray/annotations/" + place), withIntermediateDirectories: true)
        }
        for seed in 1...3 { try annotate(Workbench.scene(seed: UInt64(seed)), "train/good/\(seed).json") }
        for seed in 11...12 { try annotate(Workbench.scene(seed: UInt64(seed)), "test/good/\(seed).json") }
        let json = folder.file("objects.json")
        let report = folder.file("report")
        let run = try evaluate(
            folder.file("set"), "--layout", "assay", "--objects", "--shots", "2", "--seeds", "1", "--annotated", "3",
            "--json", json, "--report", report)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("objects, 2 shots, 1 draw;") && run.output.contains("count error"))
        let content = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
        let categories = try #require((content as? [String: Any])?["categories"] as? [String: Any])
        let tray = try #require(categories["tray"] as? [String: Any])
        #expect((tray["ap"] as? [String: Double]).map { $0["mean", default: 0] > 0.5 } == true)
        let corrected = try #require(tray["corrected"] as? [String: Any])
        #expect((corrected["class_accuracy"] as? [String: Double])?.keys.sorted() == ["mean", "std"])
        #expect(FileManager.default.fileExists(atPath: report + "/report.html"))
    }

    /// Each part's box as an object of a class of its own.
    private func annotate(_ scene: DrawnScene, _ name: String) throws {
        let size = PixelSize(width: 2 * scene.size.width, height: 2 * scene.size.height)
        let objects = scene.parts.enumerated().map { index, part in
            let box = part.box
            let runs = RunLengthMask(
                Mask(grid: size) { x, y in
                    (2 * box.x..<2 * box.maxX).contains(x) && (2 * box.y..<2 * box.maxY).contains(y)
                })
            return """
                {"id": \(index + 1), "class": "part \(index)", "bbox": [0, 0, 1, 1], "area": 1,
                "mask": {"size": \(runs.size), "counts": \(runs.counts)}}
                """
        }
        try folder.write(
            "{\"objects\": [\(objects.joined(separator: ","))]}", to: "set/tray/annotations/" + name)
    }

    @Test func whatMakesNoSenseIsRefusedBeforeAnyWork() throws {
        let set = folder.file("set")
        let cases: [([String], Int32, String)] = [
            ([set, "--layout", "unknown"], 2, "known are loco, mvtec, visa, celad, cad-sd, assay"),
            ([set, "--layout", "assay", "--method", "magic"], 2, "known are objectcore, romad, assay, patchcore"),
            ([set, "--layout", "assay", "--shots", "0"], 2, "--shots goes from"),
            ([set, "--layout", "assay", "--set", "x=1"], 3, "known are core_limit"),
            ([set, "--layout", "assay", "--category", "box"], 3, "the data set has tray"),
            ([set, "--layout", "assay", "--json", "/nowhere/x.json"], 3, "/nowhere/x.json: cannot be written"),
            (["/nowhere", "--layout", "assay"], 3, "/nowhere"),
            ([set, "--layout", "assay", "--shots", "4"], 3, "3 good training images"),
            ([set, "--layout", "assay", "--objects"], 3, "which objects it shows"),
            ([set, "--layout", "assay", "--objects", "--method", "romad"], 2, "leave --method out"),
        ]
        for (arguments, status, problem) in cases {
            let run = try CommandRun("assayctl", ["evaluate"] + arguments)
            #expect(run.status == status && run.errors.contains(problem), "\(arguments): \(run.status) \(run.errors)")
        }
    }
}

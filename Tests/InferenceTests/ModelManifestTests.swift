import Foundation
import Imaging
import Inference
import Testing

@Suite struct ModelManifestTests {
    /// A manifest as the set-up writes it, with one part of its text changed.
    private func problem(replacing old: String = "", with new: String = "") throws -> String {
        let folder = NSTemporaryDirectory() + "assay-manifest-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        var text = Self.text
        if !old.isEmpty {
            try #require(text.contains(old))
            text = text.replacing(old, with: new)
        }
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/model.json"))
        do {
            let bundle = try ModelBundle(opening: folder)
            for network in bundle.manifest.networks {
                for file in network.files { _ = try bundle.contents(of: file) }
            }
            return ""
        } catch {
            guard case .badBundle(let path, let problem) = error else { throw error }
            #expect(path.hasPrefix(folder))
            return problem
        }
    }

    private static let text = """
        {"schema": "assay.model/1", "name": "default", "version": "1", "later": true, "networks": [
          {"role": "features", "name": "net", "licence": "MIT", "origin": "o", "doubts": "", "precision": "int8",
           "floatSides": [],
           "files": [{"precision": "int8", "path": "net.onnx", "bytes": 5,
                      "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}],
           "input": {"name": "x", "channelOrder": "RGB", "layout": "NCHW", "fit": "aspect", "longSides": [512],
                     "defaultLongSide": 512, "multipleOf": 32, "mean": [0.5, 0.5, 0.5], "deviation": [0.5, 0.5, 0.5]},
           "outputs": [{"name": "level", "role": "level", "stride": 8, "channelCount": 40}]}]}
        """

    @Test func aFileThatIsNotThereIsNamed() throws {
        #expect(try problem() == "No such file or directory")
    }

    @Test func aPathOutOfTheBundleIsRefused() throws {
        for path in ["../net.onnx", "/etc/passwd", "a/b.onnx", ".hidden", "..", ""] {
            #expect(try problem(replacing: "net.onnx", with: path).contains("not a plain file name"))
        }
    }

    @Test(arguments: [
        ("assay.model/1", "assay.model/2", "schema is 'assay.model/2'"),
        ("\"name\": \"default\"", "\"name\": \"a\\nb\"", "name is not 1 to 128"),
        ("\"bytes\": 5", "\"bytes\": 99999999999", "the size of net.onnx"),
        ("\"bytes\": 5", "\"bytes\": -1", "the size of net.onnx"),
        ("\"bytes\": 5", "\"bytes\": 1e300", "not a model manifest"),
        ("2cf24dba", "2CF24DBA", "64 lower-case"),
        ("[512]", "[100000000]", "longSides"),
        ("[512]", "[]", "longSides"),
        ("\"multipleOf\": 32", "\"multipleOf\": 0", "multipleOf"),
        ("\"stride\": 8", "\"stride\": 0", "stride 0"),
        ("\"stride\": 8", "\"stride\": 5", "stride 5"),
        ("\"channelCount\": 40", "\"channelCount\": 123456789", "channelCount"),
        ("\"deviation\": [0.5, 0.5, 0.5]", "\"deviation\": [0.5, 0, 0.5]", "deviation"),
        ("\"mean\": [0.5, 0.5, 0.5]", "\"mean\": [0.5]", "mean"),
        ("NCHW", "NHWC", "layout"),
        ("\"precision\": \"int8\",\n", "\"precision\": \"int4\",\n", "networks.[0].precision"),
        ("\"precision\": \"int8\",\n", "\"precision\": \"fp32\",\n", "no file for precision fp32"),
        ("\"floatSides\": []", "\"floatSides\": [512]", "floatSides"),
        ("\"aspect\"", "\"stretch\"", "networks.[0].input.fit"),
        ("\"aspect\"", "\"aspect\", \"padding\": [0, 0, 0]", "padding is for letterbox"),
        ("\"aspect\"", "\"letterbox\", \"padding\": [0, 0, 1.5]", "padding is not three"),
        ("\"role\": \"level\"", "\"role\": \"partMaps\"", "part maps have the three channels"),
        ("\"role\": \"features\"", "\"role\": \"whole\"", "one output partMaps and at least one level"),
        ("\"role\": \"features\"", "\"role\": \"parts\"", "a part network gives one output partMaps"),
        ("\"role\": \"features\"", "\"role\": \"other\"", "networks.[0].role"),
        ("\"licence\": \"MIT\", ", "", "'licence' is missing"),
        ("{\"schema\"", "{{\"schema\"", "not a model manifest"),
    ])
    func aManifestThatMakesNoSenseIsRefused(old: String, new: String, reason: String) throws {
        let problem = try problem(replacing: old, with: new)
        #expect(problem.contains(reason), "\(problem)")
    }

    @Test func besideANetworkForTheWholeThereIsNoOther() {
        let input = NetworkInput(
            name: "x", fit: .aspect, longSides: [320], defaultLongSide: 320, multipleOf: 32, mean: [0, 0, 0],
            deviation: [1, 1, 1])
        func network(_ role: NetworkRole, _ outputs: [NetworkOutput]) -> NetworkDescription {
            NetworkDescription(
                role: role, name: "net", licence: "MIT", origin: "o", doubts: "", precision: .fp32,
                files: [
                    NetworkFile(
                        precision: .fp32, path: "net.onnx", sha256: String(repeating: "0", count: 64), bytes: 5)
                ], input: input, outputs: outputs)
        }
        let maps = NetworkOutput(partMaps: "maps", stride: 2, values: .logits)
        let whole = network(.whole, [maps, NetworkOutput(level: "fine", stride: 4, channelCount: 8)])
        #expect(ModelManifest(name: "m", version: "1", networks: [whole]).problem == nil)
        let problem = ModelManifest(name: "m", version: "1", networks: [whole, network(.parts, [maps])]).problem
        #expect(problem == "beside a network for the whole there are others")
    }

    @Test func bothSidesAreRoundedAndTheRatioNearlyKept() {
        let input = NetworkInput(
            name: "x", fit: .aspect, longSides: [320], defaultLongSide: 320, multipleOf: 32, mean: [0, 0, 0],
            deviation: [1, 1, 1])
        #expect(
            input.size(for: PixelSize(width: 640, height: 480), longSide: 320) == PixelSize(width: 320, height: 256))
        #expect(
            input.size(for: PixelSize(width: 480, height: 640), longSide: 320) == PixelSize(width: 256, height: 320))
        #expect(input.size(for: PixelSize(width: 16384, height: 1), longSide: 320) == PixelSize(width: 320, height: 32))
    }
}

import AssayTestSupport
import Assessment
import Enrolment
import Evaluation
import Foundation
import Imaging
import Inference
import Metrics
import Synchronization
import Testing
import Verdicts

/// Whole evaluations of drawn trays, judged by the real judgement on perceptions that need no network.
struct EvaluatorTests {
    /// A drawn model that counts how often it is asked.
    private final class CountingModel: PerceptionModel {
        private let model = DrawnModel()
        private let asked = Mutex(0)
        var count: Int { asked.withLock { $0 } }
        var identity: ModelIdentity { model.identity }

        func perceive(_ image: Image) throws(InferenceError) -> Perception {
            asked.withLock { $0 += 1 }
            return try model.perceive(image)
        }
    }

    private let folder: TemporaryFolder
    private let model = CountingModel()

    /// Six good trays to choose from, four to test, and three with a part missing, as a data set of the layout `assay`.
    init() throws {
        folder = try TemporaryFolder("assay-evaluate")
        for place in [
            "train/good", "test/good", "test/logical_anomalies", "ground_truth/logical_anomalies",
            "annotations/test/logical_anomalies",
        ] {
            try FileManager.default.createDirectory(
                atPath: folder.file("tray/" + place), withIntermediateDirectories: true)
        }
        for seed in 0..<6 { try write(DrawnScene.tray.varied(seed: UInt64(seed)), "train/good/\(seed).png") }
        for seed in 10..<14 { try write(DrawnScene.tray.varied(seed: UInt64(seed)), "test/good/\(seed).png") }
        for part in 0..<3 {
            var scene = DrawnScene.tray.varied(seed: UInt64(20 + part))
            let box = scene.parts[part].box
            scene.parts.remove(at: part)
            try write(scene, "test/logical_anomalies/\(part).png")
            let mask = Mask(grid: scene.size) { x, y in x >= box.x && x < box.maxX && y >= box.y && y < box.maxY }
            let picture = Image(
                width: scene.size.width, height: scene.size.height,
                pixels: mask.bitmap.flatMap { [255 * $0, 255 * $0, 255 * $0] })
            try folder.write(picture.png(), to: "tray/ground_truth/logical_anomalies/\(part).png")
            let json = """
                {"subtype": "missing_part", "objects": [], "anomalies": [{"kind": "missing", "class": "part",
                "bbox": [\(box.x), \(box.y), \(box.width), \(box.height)], "instances": [], "area": \(box.area)}]}
                """
            try folder.write(json, to: "tray/annotations/test/logical_anomalies/\(part).json")
        }
    }

    private func write(_ scene: DrawnScene, _ name: String) throws {
        try folder.write(scene.image().png(), to: "tray/" + name)
    }

    private func evaluator(_ method: Method, seeds: Int = 2, threads: Int = 2) -> Evaluator {
        let model = model
        let plan = EvaluationPlan(
            method: method, shots: 4, seeds: seeds, parameters: EnrolmentParameters(), threads: threads)
        return Evaluator(plan: plan) { _ throws(InferenceError) in
            Evaluator.OpenedModel(model: model, segmenterLongSide: 160)
        }
    }

    private func category() throws -> Evaluation.Category {
        try #require(try DataSetLayout.assay.read(folder.path).categories.first)
    }

    private func result(_ draws: [Draw], seeds: Int = 2) -> EvaluationResult {
        let plan = EvaluationPlan(
            method: .assay, shots: 4, seeds: seeds, parameters: EnrolmentParameters(), threads: 1)
        return EvaluationResult(
            draws: [draws],
            settings: EvaluationSettings(
                path: folder.path, layout: .assay, plan: plan, model: draws.first?.model, parameters: [:]))
    }

    @Test func missingPartsAreFoundAndExplained() throws {
        let draws = try evaluator(.assay).draws(of: category(), finished: { _ in nil }, keep: { _ in })
        #expect(draws.map(\.seed) == [0, 1] && draws.allSatisfy { $0.images.count == 7 && $0.supports.count == 4 })
        #expect(draws[0].supports != draws[1].supports)
        let figures = result(draws).mean
        #expect(figures.spread(at: ["image_auroc", "all"])?.mean == 1)
        #expect(figures.spread(at: ["image_auroc", "structural"]) == nil)
        #expect(figures.spread(at: ["calibrated", "miss"])?.mean == 0)
        #expect(figures.spread(at: ["findings", "right"])?.mean == 1)
        #expect(try #require(figures.spread(at: ["pixel_auroc"])).mean > 0.95)
        #expect(try #require(figures.spread(at: ["spro", "0.05", "logical"])).mean > 0.9)
        #expect(figures.spread(at: ["spro", "0.05", "structural"]) == nil)
        // Every picture once, and a good one of a draw that does not lie aligned turned once, whatever the number of draws.
        let supportCount = Set(draws.flatMap(\.supports)).count
        let turned = (model.count - supportCount - 7).quotientAndRemainder(dividingBy: TurnedViews.countPerImage)
        #expect((0...supportCount).contains(turned.quotient) && turned.remainder == 0)
    }

    @Test(arguments: Method.allCases)
    func everyMethodGivesScoresAndMapsWhateverTheThreads(method: Method) throws {
        let one = try evaluator(method, seeds: 1, threads: 1).draws(
            of: category(), finished: { _ in nil }, keep: { _ in })
        let two = try evaluator(method, seeds: 1, threads: 3).draws(
            of: category(), finished: { _ in nil }, keep: { _ in })
        #expect(one[0].images.map(\.score) == two[0].images.map(\.score))
        #expect(one[0].pixels == two[0].pixels)
        #expect(one[0].images.allSatisfy { $0.score?.isFinite == true } && one[0].threshold > 0)
        let auroc = try #require(one[0].pixels?.auroc)
        // Where a part is missing lies ground as good as any: patches alone do not find that place.
        #expect((method == .patchcore ? 0...1 : 0.6...1).contains(auroc))
    }

    @Test func finishedDrawsAreKeptAndUsedUntilAnInputChanges() throws {
        let folder = try TemporaryFolder("assay-draws")
        func draws(program: String = "a", upTo last: Int = 1) throws -> [Draw] {
            let store = try DrawStore(folder: folder.path, program: program, settings: ["assay"])
            let category = try category()
            return try evaluator(.assay, seeds: last + 1).draws(
                of: category, finished: { store.draw(of: category, seed: $0) },
                keep: { draw throws(EvaluationError) in try store.keep(draw, of: category) })
        }
        let first = try draws(upTo: 0)
        let asked = model.count
        #expect(asked > 0)
        #expect(try draws(upTo: 0).map(\.supports) == first.map(\.supports))
        #expect(model.count == asked, "a finished draw was made again")
        // A longer run makes only what is left.
        #expect(try draws(upTo: 1).count == 2)
        let after = model.count
        #expect(after > asked)
        #expect(try draws(program: "b", upTo: 0).count == 1)
        #expect(model.count > after, "another program took the draws of the first")
        // Another picture under the same name.
        let before = model.count
        try write(DrawnScene.tray.varied(seed: 99), "test/good/10.png")
        _ = try draws(upTo: 0)
        #expect(model.count > before)
        // A damaged file is no draw.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            try folder.write("{", to: name)
        }
        let damaged = model.count
        #expect(try draws(upTo: 0).count == 1 && model.count > damaged)
    }

    @Test func theFileHasTheFormThatItsReadersRelyOn() throws {
        let draws = try evaluator(.assay, seeds: 1).draws(of: category(), finished: { _ in nil }, keep: { _ in })
        let json = try JSONSerialization.jsonObject(with: Data(result(draws, seeds: 1).json())) as? [String: Any]
        let categories = try #require(json?["categories"] as? [String: Any])
        let tray = try #require(categories["tray"] as? [String: Any])
        let auroc = try #require(tray["image_auroc"] as? [String: Any])
        #expect((auroc["all"] as? [String: Double])?.keys.sorted() == ["mean", "std"])
        #expect(auroc["structural"] is NSNull)
        #expect((auroc["subtypes"] as? [String: Any])?.keys.sorted() == ["missing_part"])
        for (group, names) in [
            ("calibrated", ["false_alarm", "inconclusive", "miss"]),
            ("findings", ["kind", "per_good_image", "place", "right", "wrong_per_image"]),
            ("celad", ["pixel_auroc", "pixel_f1_max", "pro"]),
            ("spro", ["0.01", "0.05", "0.1", "0.3", "1"]),
        ] {
            #expect((tray[group] as? [String: Any])?.keys.sorted() == names)
        }
        let mean = try #require(json?["mean"] as? [String: Any])
        #expect(mean.keys.sorted() == tray.keys.sorted())
        #expect((json?["settings"] as? [String: Any])?["method"] as? String == "assay")
    }

    @Test func tooFewGoodImagesAreAnError() throws {
        let plan = EvaluationPlan(
            method: .assay, shots: 7, seeds: 1, parameters: EnrolmentParameters(), threads: 1)
        let model = model
        let evaluator = Evaluator(plan: plan) { _ throws(InferenceError) in
            Evaluator.OpenedModel(model: model, segmenterLongSide: 160)
        }
        #expect(throws: EvaluationError.tooFewGood(category: "tray", count: 6, shots: 7)) {
            try evaluator.draws(of: category(), finished: { _ in nil }, keep: { _ in })
        }
    }
}

import AssayTestSupport
import Assessment
import Enrolment
import Evaluation
import Foundation
import Imaging
import Inference
import Metrics
import Testing

/// Which objects are found in drawn trays, measured against what was drawn.
struct ObjectEvaluationTests {
    private let folder: TemporaryFolder

    /// Five good trays to choose from, three to test, and one with a part missing, with every part annotated.
    init() throws {
        folder = try TemporaryFolder("assay-objects")
        for place in ["train/good", "test/good", "test/logical_anomalies"] {
            for kind in ["", "annotations/"] {
                try FileManager.default.createDirectory(
                    atPath: folder.file("tray/" + kind + place), withIntermediateDirectories: true)
            }
        }
        for seed in 0..<5 { try write(DrawnScene.tray.varied(seed: UInt64(seed)), "train/good/\(seed)") }
        for seed in 10..<13 { try write(DrawnScene.tray.varied(seed: UInt64(seed)), "test/good/\(seed)") }
        var scene = DrawnScene.tray.varied(seed: 20)
        scene.parts.remove(at: 1)
        try write(scene, "test/logical_anomalies/0")
    }

    /// The picture, and its coloured pixels part by part as what is there.
    private func write(_ scene: DrawnScene, _ name: String) throws {
        try folder.write(scene.image().png(), to: "tray/\(name).png")
        let objects = scene.parts.enumerated().map { index, part in
            var alone = scene
            alone.parts = [part]
            let picture = alone.image()
            let mask = Mask(grid: scene.size) { x, y in
                let start = 3 * (y * scene.size.width + x)
                let levels = (0..<3).map { picture.pixels[start + $0] }
                return (levels.max() ?? 0) - (levels.min() ?? 0) > 64
            }
            let runs = RunLengthMask(mask)
            return """
                {"id": \(index + 1), "class": "part \(index % 2)", "bbox": [0, 0, 1, 1], "area": \(mask.area),
                "mask": {"size": \(runs.size), "counts": \(runs.counts)}}
                """
        }
        let decal = """
            {"id": 1000, "class": "scratch", "bbox": [0, 0, 1, 1], "area": 1, "mask": null}
            """
        try folder.write(
            "{\"objects\": [\((objects + [decal]).joined(separator: ",\n"))], \"anomalies\": []}",
            to: "tray/annotations/\(name).json")
    }

    private func draws(seeds: Int = 2, threads: Int = 2, category: Evaluation.Category? = nil) throws -> [ObjectDraw] {
        let plan = EvaluationPlan(
            method: .assay, shots: 4, seeds: seeds, parameters: EnrolmentParameters(), threads: threads,
            annotated: 5)
        let evaluator = Evaluator(plan: plan) { _ throws(InferenceError) in
            Evaluator.OpenedModel(model: DrawnModel(), segmenterLongSide: 160)
        }
        return try evaluator.objectDraws(
            of: category ?? self.category(), finished: { _ in nil }, keep: { _ in })
    }

    private func category() throws -> Evaluation.Category {
        try #require(try DataSetLayout.assay.read(folder.path).categories.first)
    }

    private func result(_ draws: [ObjectDraw]) -> ObjectResult {
        let plan = EvaluationPlan(
            method: .assay, shots: 4, seeds: draws.count, parameters: EnrolmentParameters(), threads: 1)
        return ObjectResult(
            draws: [draws],
            settings: EvaluationSettings(
                path: folder.path, layout: .assay, plan: plan, model: draws.first?.model, parameters: [:]))
    }

    @Test func drawnPartsAreFoundOneByOneAndDecalsDoNotCount() throws {
        let draws = try draws()
        let count = DrawnScene.tray.parts.count
        #expect(draws.map(\.seed) == [0, 1] && draws.allSatisfy { $0.pictures.count == 4 && $0.supports.count == 4 })
        #expect(draws[0].pictures.map(\.objectCount) == [count, count, count, count - 1])
        let figures = result(draws).mean
        #expect(figures.spread(at: ["mae"])?.mean == 0)
        for name in ["precision", "recall", "ap"] {
            #expect(figures.spread(at: [name])?.mean == 1, "\(name)")
            #expect(figures.spread(at: ["anomalous", name])?.mean == 1, "\(name)")
            #expect(figures.spread(at: ["before", name]) != nil, "\(name)")
        }
        #expect(try #require(figures.spread(at: ["mask_iou"])).mean > 0.8)
        #expect(figures.spread(at: ["fates", "found"])?.mean == 1)
        #expect(figures.spread(at: ["corrected", "ap"])?.mean == 1)
        #expect(figures.spread(at: ["corrected", "class_accuracy"])?.mean == 1)
        #expect(Set(draws[0].annotated).isSuperset(of: draws[0].supports) && draws[0].annotated.count == 5)
        #expect(figures.spread(at: ["false_detections", "clutter"])?.mean == 0)
    }

    @Test func theFileTellsEveryClassAndWhatItRestsOn() throws {
        let content = Data(try result(draws(seeds: 1)).json())
        let json = try #require(try JSONSerialization.jsonObject(with: content) as? [String: Any])
        let categories = try #require(json["categories"] as? [String: Any])
        let tray = try #require(categories["tray"] as? [String: Any])
        for name in ["mae", "precision", "recall", "ap", "mask_iou"] {
            #expect((tray[name] as? [String: Double])?.keys.sorted() == ["mean", "std"], "\(name)")
        }
        let classes = try #require(tray["classes"] as? [String: Any])
        #expect(classes.keys.sorted() == ["part 0", "part 1"])
        let part = try #require(classes["part 0"] as? [String: Any])
        #expect((part["ap"] as? [String: Double])?["mean"] == 1 && (part["before"] as? [String: Any])?["ap"] != nil)
        let corrected = try #require(part["corrected"] as? [String: Any])
        #expect((corrected["ap"] as? [String: Double])?["mean"] == 1)
        let called = try #require(corrected["called"] as? [String: [String: Double]])
        #expect(called["part 0"]?["mean"] == 1 && called["part 1"]?["mean"] == 0)
        let mean = try #require(json["mean"] as? [String: Any])
        #expect((mean["ap"] as? [String: Double])?["mean"] == 1 && mean["classes"] == nil)
        #expect(json["settings"] != nil)
    }

    @Test func aKeptDrawIsReadAsItWas() throws {
        let made = try draws(seeds: 1)
        let kept = try JSONDecoder().decode([ObjectDraw].self, from: JSONEncoder().encode(made))
        #expect(try result(kept).json() == result(made).json())
        let sightings = made[0].pictures.map(\.after)
        #expect(sightings.contains { $0.detections.contains { $0.mask != nil } })
    }

    @Test func whereOnlyCountsAreKnownOnlyTheirErrorIsMeasured() throws {
        var rows = ["category,split,type,image,objects"]
        for seed in 0..<4 { rows.append("<i>tray</i>,train,good,tray/train/good/\(seed).png,") }
        let count = DrawnScene.tray.parts.count
        rows.append("<i>tray</i>,test,good,tray/test/good/10.png,\(count)")
        rows.append("<i>tray</i>,test,good,tray/test/good/11.png,\(count + 3)")
        rows.append("<i>tray</i>,test,logical,tray/test/logical_anomalies/0.png,\(count - 1)")
        try folder.write(rows.joined(separator: "\n"), to: "counts.csv")
        let dataSet = try DataSetLayout.assay.read(folder.file("counts.csv"))
        let result = try result(draws(seeds: 1, category: dataSet.categories.first))
        #expect(result.mean.spread(at: ["mae"])?.mean == 1.5)
        #expect(result.mean.spread(at: ["anomalous", "mae"])?.mean == 0)
        for path in [["ap"], ["recall"], ["corrected", "mae"], ["fates", "found"], ["false_detections", "clutter"]] {
            #expect(result.mean.spread(at: path) == nil, "\(path)")
        }
        let page = String(decoding: ObjectReport(result, of: dataSet).html(), as: UTF8.self)
        #expect(page.contains("\(count) found, \(count + 3) there") && !page.contains("<i>"))
    }

    @Test func aManifestMayNameTheFileWithTheObjects() throws {
        var rows = ["category,split,type,image,objects"]
        for seed in 0..<4 { rows.append("tray,train,good,tray/train/good/\(seed).png,") }
        rows.append("tray,test,good,tray/test/good/10.png,tray/annotations/test/good/10.json")
        try folder.write(rows.joined(separator: "\n"), to: "manifest.csv")
        let dataSet = try DataSetLayout.assay.read(folder.file("manifest.csv"))
        #expect(try result(draws(seeds: 1, category: dataSet.categories.first)).mean.spread(at: ["ap"])?.mean == 1)
        try folder.write(
            rows.joined(separator: "\n").replacing("10.json", with: "x") + "\ntray,test,good,a.png,-1",
            to: "manifest.csv")
        let error = #expect(throws: EvaluationError.self) { try DataSetLayout.assay.read(folder.file("manifest.csv")) }
        #expect(error?.description.contains("-1 is no number of objects") == true)
    }

    @Test func theReportShowsWhatFallsShortAndNeedsNothingBesideIt() throws {
        // Three parts that are annotated as one are found as three: the object is split.
        let path = "tray/annotations/test/good/10.json"
        let text = try String(contentsOfFile: folder.file(path), encoding: .utf8)
        var whole = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        var objects = try #require(whole["objects"] as? [[String: Any]])
        let masks = try objects.prefix(3).map { object in
            let mask = try #require(object["mask"] as? [String: [Int]])
            return try Mask(
                runLength: RunLengthMask(size: try #require(mask["size"]), counts: try #require(mask["counts"])))
        }
        let joined = RunLengthMask(masks[0].union(masks[1]).union(masks[2]))
        objects[0]["mask"] = ["size": joined.size, "counts": joined.counts]
        objects[0]["class"] = "<b>set</b>"
        objects.removeSubrange(1...2)
        whole["objects"] = objects
        try folder.write(Array(JSONSerialization.data(withJSONObject: whole)), to: path)
        let dataSet = try DataSetLayout.assay.read(folder.path)
        let page = String(
            decoding: ObjectReport(try result(draws(seeds: 1)), of: dataSet).html(), as: UTF8.self)
        #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
        #expect(!page.contains("<script") && !page.contains("http") && !page.contains("<b>set</b>"))
        #expect(page.contains("<li>&lt;b&gt;set&lt;/b&gt;: 100 % found only in several pieces"))
        #expect(page.contains("are pieces of an object") && page.contains("src=\"data:image/jpeg;base64,"))
        for tag in ["table", "section", "div", "figure", "tr", "main", "ul"] {
            #expect(
                page.components(separatedBy: "<\(tag)").count == page.components(separatedBy: "</\(tag)>").count,
                "\(tag)")
        }
    }

    @Test func threadsChangeNothing() throws {
        let one = try draws(seeds: 1, threads: 1)
        let three = try draws(seeds: 1, threads: 3)
        #expect(one[0].pictures.map { $0.after.fates } == three[0].pictures.map { $0.after.fates })
        #expect(
            one[0].pictures.map { $0.after.detections.map(\.confidence) }
                == three[0].pictures.map { $0.after.detections.map(\.confidence) })
    }

    @Test func aSetWithoutAnnotationsIsRefused() throws {
        for name in ["10", "11", "12"] {
            try FileManager.default.removeItem(atPath: folder.file("tray/annotations/test/good/\(name).json"))
        }
        #expect(throws: EvaluationError.noObjects(category: "tray")) { try draws() }
    }

    @Test func aDamagedMaskIsSaidWithItsFile() throws {
        let path = "tray/annotations/test/good/10.json"
        for (text, problem) in [
            (#"{"objects": [{"id": 1, "class": "a", "bbox": [0,0,1,1], "area": 1}]}"#, "object 1 has no mask"),
            (
                #"{"objects": [{"id": 1, "class": "a", "bbox": [0,0,1,1], "area": 1, "mask": {"size": [2, 2], "counts": [3]}}]}"#,
                "the mask of object 1"
            ),
        ] {
            try folder.write(text, to: path)
            let error = #expect(throws: EvaluationError.self) { try draws() }
            #expect(error?.description.contains(problem) == true && error?.description.contains("10.json") == true)
        }
    }
}

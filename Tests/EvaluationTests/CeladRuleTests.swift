import AssayTestSupport
import Assessment
import Enrolment
import Evaluation
import Foundation
import Imaging
import Inference
import Testing

/// CELAD's rule on a tray that lacks a part, with a second valid truth where nothing is odd.
struct CeladRuleTests {
    private func figures(truths: String) throws -> PixelFigures {
        let folder = try TemporaryFolder("assay-celad")
        for seed in 0..<6 {
            try folder.write(DrawnScene.tray.varied(seed: UInt64(seed)).image().png(), to: "\(seed).png")
        }
        var scene = DrawnScene.tray
        let place = scene.parts[1].box
        scene.parts.remove(at: 1)
        try folder.write(scene.image().png(), to: "bad.png")
        try mask(place, scene.size, "place.png", folder)
        try mask(PixelBox(x: 5, y: 60, width: 30, height: 20), scene.size, "elsewhere.png", folder)
        var table = "category,split,type,image,truths\n"
        for seed in 0..<4 { table += "tray,train,good,\(seed).png,\n" }
        table += "tray,test,good,4.png,\ntray,test,good,5.png,\ntray,test,logical,bad.png,\(truths)\n"
        try folder.write(table, to: "manifest.csv")
        let plan = EvaluationPlan(
            method: .assay, shots: 4, seeds: 1, parameters: EnrolmentParameters(), threads: 1)
        let evaluator = Evaluator(plan: plan) { _ throws(InferenceError) in
            Evaluator.OpenedModel(model: DrawnModel(), segmenterLongSide: 160)
        }
        let category = try DataSetLayout.celad.read(folder.path).categories[0]
        let draws = try evaluator.draws(of: category, finished: { _ in nil }, keep: { _ in })
        return try #require(draws[0].pixels)
    }

    private func mask(_ box: PixelBox, _ size: PixelSize, _ name: String, _ folder: TemporaryFolder) throws {
        let mask = Mask(grid: size) { x, y in x >= box.x && x < box.maxX && y >= box.y && y < box.maxY }
        let pixels = mask.bitmap.flatMap { [255 * $0, 255 * $0, 255 * $0] }
        try folder.write(Image(width: size.width, height: size.height, pixels: pixels).png(), to: name)
    }

    @Test func theTruthThatThePredictionMeetsIsTheOneThatCounts() throws {
        let single = try figures(truths: "place.png")
        let either = try figures(truths: "elsewhere.png|place.png")
        // With the union of both truths half of the pixels cannot be found; by the rule it is as if there were one.
        #expect(either.celad == single.celad)
        #expect(single.celad.auroc == single.auroc && single.celad.pro == single.pro)
        let (all, chosen) = (try #require(either.auroc), try #require(either.celad.auroc))
        #expect(all < chosen && chosen > 0.95)
        // Two files of one truth are both to be found.
        let both = try figures(truths: "elsewhere.png+place.png")
        #expect(both.celad.auroc == both.auroc && both.auroc == either.auroc)
    }
}

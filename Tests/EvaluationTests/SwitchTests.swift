import AssayTestSupport
import Assessment
import Enrolment
import Evaluation
import Foundation
import Imaging
import Inference
import Testing

/// What the ingredients that can be left out do to the scores of drawn trays.
struct SwitchTests {
    private let folder: TemporaryFolder

    /// Four good trays and three to test: a good one, one that lacks a part, one with a part of another colour.
    init() throws {
        folder = try TemporaryFolder("assay-switches")
        for seed in 0..<4 { try write(DrawnScene.tray.varied(seed: UInt64(seed)), "\(seed)") }
        try write(DrawnScene.tray.varied(seed: 9), "good")
        var scene = DrawnScene.tray.varied(seed: 10)
        scene.parts.remove(at: 2)
        try write(scene, "missing")
        scene = DrawnScene.tray.varied(seed: 11)
        scene.parts[0].colour = .blue
        try write(scene, "recoloured")
        var rows = ["category,split,type,image"]
        for seed in 0..<4 { rows.append("tray,train,good,\(seed).png") }
        rows += ["tray,test,good,good.png", "tray,test,logical,missing.png", "tray,test,logical,recoloured.png"]
        try folder.write(rows.joined(separator: "\n"), to: "manifest.csv")
    }

    private func write(_ scene: DrawnScene, _ name: String) throws {
        try folder.write(scene.image().png(), to: "\(name).png")
    }

    private func scores(_ method: Method, _ changes: String...) throws -> [Float] {
        let parameters = try ParameterChange.apply(changes)
        let plan = EvaluationPlan(
            method: method, shots: 4, seeds: 1, parameters: parameters.enrolment, threads: 2,
            usesAnnotations: parameters.usesAnnotations)
        let evaluator = Evaluator(plan: plan) { _ throws(InferenceError) in
            Evaluator.OpenedModel(model: DrawnModel(), segmenterLongSide: 160)
        }
        let category = try #require(try DataSetLayout.assay.read(folder.path).categories.first)
        let draws = try evaluator.draws(of: category, finished: { _ in nil }, keep: { _ in })
        return try draws[0].images.map { try #require($0.score) }
    }

    @Test func theScoreIsANormOfItsBranches() throws {
        let structural = try scores(.assay, "branch=1")
        let logical = try scores(.assay, "branch=2")
        #expect(structural != logical)
        let both = zip(structural, logical)
        let (sum, larger) = (try scores(.assay, "norm=1"), try scores(.assay, "norm=100"))
        let usual = try scores(.assay)
        for (index, (one, other)) in both.enumerated() {
            #expect(abs(sum[index] - (one + other) / 1.08) < 1e-3 * sum[index])
            #expect(abs(larger[index] - max(one, other) / 1.08) < 0.01 * larger[index])
            #expect(larger[index] <= usual[index] && usual[index] <= sum[index])
        }
    }

    @Test func withoutColourARecolouredPartIsNoSurprise() throws {
        // The drawn model's features are colours, too.
        let all = try scores(.assay, "branch=2")
        let without = try scores(.assay, "branch=2", "part_colour=0", "part_appearance=0", "part_context=0")
        #expect(without[2] / without[0] < 0.5 * all[2] / all[0])
        #expect(without[1] > 2 * without[0])
    }

    @Test(arguments: [
        "kinds=0", "weights=0", "own_scales=0", "partners=0", "clutter=0", "alignment=0", "part_shape=0", "evidence=0",
        "spread=0",
        "part_context=1",
    ])
    func anythingLeftOutStillGivesScores(change: String) throws {
        let scores = try scores(.assay, change)
        #expect(scores.allSatisfy { $0.isFinite && $0 >= 0 } && scores[1] > scores[0])
    }

    @Test func objectCoreTakesTheLargestValueOrMoreOfTheMap() throws {
        let paper = try scores(.objectcore)
        let largest = try scores(.objectcore, "top_fraction=0")
        let more = try scores(.objectcore, "top_fraction=0.05")
        for index in paper.indices { #expect(largest[index] >= paper[index] && paper[index] >= more[index]) }
        let structural = try scores(.objectcore, "branch=1")
        let logical = try scores(.objectcore, "branch=2")
        for index in paper.indices { #expect(max(structural[index], logical[index]) <= paper[index] + 1e-4) }
        let boxes = try scores(.objectcore, "boxes=1")
        #expect(boxes != paper && boxes[1] > boxes[0])
    }

    @Test func romadLeavesOutAreaOrContextAndCountsTheCheapest() throws {
        let paper = try scores(.romad)
        let cheapest = try scores(.romad, "romad_cheapest=1")
        #expect(cheapest[1] < paper[1])
        for change in ["romad_area=0", "romad_context=0"] { #expect(try scores(.romad, change) != paper) }
    }
}

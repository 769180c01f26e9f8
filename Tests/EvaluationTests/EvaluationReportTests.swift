import AssayTestSupport
import Assessment
import Enrolment
import Evaluation
import Foundation
import Imaging
import Inference
import Testing

struct EvaluationReportTests {
    /// A result whose names would do harm if they were taken as they are.
    private func result(of pictures: TemporaryFolder) throws -> (EvaluationResult, DataSet) {
        for seed in 0..<4 {
            try pictures.write(DrawnScene.tray.varied(seed: UInt64(seed)).image().png(), to: "\(seed).png")
        }
        var scene = DrawnScene.tray
        scene.parts.remove(at: 1)
        try pictures.write(scene.image().png(), to: "bad.png")
        try pictures.write(
            """
            category,split,type,subtype,image,truths
            <b>tray</b>,train,good,,0.png,
            <b>tray</b>,train,good,,1.png,
            <b>tray</b>,train,good,,2.png,
            <b>tray</b>,test,good,,3.png,
            <b>tray</b>,test,logical,"<script>x</script>",bad.png,bad.png
            """, to: "manifest.csv")
        let dataSet = try DataSetLayout.celad.read(pictures.path)
        let plan = EvaluationPlan(
            method: .assay, shots: 3, seeds: 1, parameters: EnrolmentParameters(), threads: 2)
        let evaluator = Evaluator(plan: plan) { _ throws(InferenceError) in
            Evaluator.OpenedModel(model: DrawnModel(), segmenterLongSide: 160)
        }
        let draws = try evaluator.draws(of: dataSet.categories[0], finished: { _ in nil }, keep: { _ in })
        let settings = EvaluationSettings(
            path: pictures.path, layout: .celad, plan: plan, model: draws[0].model, parameters: ["reach": 6])
        return (EvaluationResult(draws: [draws], settings: settings), dataSet)
    }

    @Test func thePageNeedsNothingBesideItAndTakesNamesAsText() throws {
        let folder = try TemporaryFolder("assay-report")
        let (result, dataSet) = try result(of: folder)
        let page = String(decoding: EvaluationReport(result, of: dataSet).html(), as: UTF8.self)
        #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
        #expect(!page.contains("<script") && !page.contains("http") && !page.contains("<b>tray</b>"))
        #expect(page.contains("&lt;b&gt;tray&lt;/b&gt;") && page.contains("&lt;script&gt;x&lt;/script&gt;"))
        for source in page.components(separatedBy: "src=\"").dropFirst() {
            #expect(source.hasPrefix("data:image/jpeg;base64,"))
        }
        #expect(page.components(separatedBy: "<svg").count == 3)
        for tag in ["table", "section", "div", "figure", "svg", "tr", "main"] {
            #expect(
                page.components(separatedBy: "<\(tag)").count == page.components(separatedBy: "</\(tag)>").count,
                "\(tag)")
        }
    }

    @Test func aPictureThatIsGoneIsSaidToBe() throws {
        let folder = try TemporaryFolder("assay-report")
        let (result, dataSet) = try result(of: folder)
        let shown = String(decoding: EvaluationReport(result, of: dataSet).html(), as: UTF8.self)
        guard shown.contains("<img") else { return }
        for name in ["3.png", "bad.png"] { try FileManager.default.removeItem(atPath: folder.file(name)) }
        let page = String(decoding: EvaluationReport(result, of: dataSet).html(), as: UTF8.self)
        #expect(page.contains("The picture cannot be shown") && !page.contains("<img"))
    }
}

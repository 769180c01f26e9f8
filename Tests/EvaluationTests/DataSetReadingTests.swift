import AssayTestSupport
import Evaluation
import Foundation
import Imaging
import Testing

/// Tiny trees in the published layouts, made by `Tools/fixtures/data_sets.py`.
struct DataSetReadingTests {
    private let root = Repository.root + "/Tests/Fixtures/data-sets"

    private func category(_ layout: DataSetLayout, _ folder: String) throws -> Evaluation.Category {
        let dataSet = try layout.read("\(root)/\(folder)")
        #expect(dataSet.categories.count == 1)
        return try #require(dataSet.categories.first)
    }

    private func files(_ sample: Sample?) throws -> [[DefectFile]] {
        guard case .alternatives(let truths)? = sample?.pixels else {
            throw TestSupportError.missing(
                program: "truth of \(sample?.name ?? "a sample")", remedy: "look at the reader")
        }
        return truths
    }

    @Test func locoHasSeveralMasksAnImageEachWithItsSaturation() throws {
        let box = try category(.loco, "loco")
        #expect(box.name == "breakfast_box" && box.train.count == 3)
        #expect(box.test.map(\.type) == [.good, .logical, .structural])
        let logical = try #require(box.test.first { $0.type == .logical })
        #expect(logical.subtype == "missing_almonds")
        let truths = try files(logical)
        #expect(truths.count == 1 && truths[0].map(\.saturation) == [.pixels(6), .share(0.5)])
        #expect(try files(box.test.last)[0].map(\.saturation) == [.share(1)])
        #expect(box.test[0].anomalies?.isEmpty == true && logical.anomalies == nil)
    }

    @Test func aMaskWhoseValueIsNoDefectIsRefused() throws {
        let copy = try TemporaryFolder("assay-loco")
        try FileManager.default.copyItem(atPath: root + "/loco/breakfast_box", toPath: copy.file("box"))
        try copy.write("[]", to: "box/defects_config.json")
        let error = #expect(throws: EvaluationError.self) { try DataSetLayout.loco.read(copy.path) }
        #expect(error?.description.contains("255 is no defect") == true)
        try copy.write("{", to: "box/defects_config.json")
        #expect(throws: EvaluationError.self) { try DataSetLayout.loco.read(copy.path) }
    }

    @Test func aDefectiveImageWithoutMaskIsRefusedWhereMasksBelong() throws {
        for (layout, mask) in [
            (DataSetLayout.mvtec, "mvtec/bottle/ground_truth/contamination/000_mask.png"),
            (.loco, "loco/breakfast_box/ground_truth/structural_anomalies/000/000.png"),
        ] {
            let copy = try TemporaryFolder("assay-set")
            let name = mask.split(separator: "/")[0]
            try FileManager.default.copyItem(atPath: "\(root)/\(name)", toPath: copy.file(String(name)))
            try FileManager.default.removeItem(atPath: copy.file(mask))
            #expect(throws: EvaluationError.self) { try layout.read(copy.file(String(name))) }
        }
    }

    @Test func mvtecHasAFolderADefect() throws {
        let bottle = try category(.mvtec, "mvtec")
        #expect(bottle.train.count == 2 && bottle.test.count == 4)
        let defects = bottle.test.filter { $0.type == .structural }
        #expect(defects.map(\.subtype) == ["broken_large", "contamination"])
        let path = try #require(try files(defects.first).first?.first?.path)
        #expect(path.hasSuffix("ground_truth/broken_large/000_mask.png"))
        // The category itself may be named as well as the folder that holds it.
        #expect(try DataSetLayout.mvtec.read(root + "/mvtec/bottle").categories.first?.name == "bottle")
    }

    @Test func visaFollowsItsTable() throws {
        let candle = try category(.visa, "visa")
        #expect(candle.train.count == 2 && candle.test.map(\.type) == [.good, .structural])
        #expect(try files(candle.test.last).first?.first?.path.hasSuffix("Masks/Anomaly/000.png") == true)
    }

    @Test(arguments: [DataSetLayout.celad, .cadSD, .assay])
    func aManifestMayGiveSeveralTruths(layout: DataSetLayout) throws {
        let cable = try category(layout, "manifest")
        #expect(cable.train.count == 2 && cable.test.map(\.type) == [.good, .logical, .structural])
        let logical = try #require(cable.test.first { $0.type == .logical })
        #expect(logical.subtype == "swapped, twice")
        #expect(try files(logical).map(\.count) == [1, 2])
        #expect(
            logical.anomalies == [Anomaly(kind: .swapped, place: .nowhere), Anomaly(kind: .missing, place: .nowhere)])
        guard case .unknown = cable.test[2].pixels else {
            Issue.record("an image without truths has unknown pixels")
            return
        }
        #expect(try layout.read(root + "/manifest/manifest.csv").categories.count == 1)
    }

    @Test func aTableThatMakesNoSenseIsRefusedWithItsLine() throws {
        let folder = try TemporaryFolder("assay-manifest")
        let cases = [
            ("category,split,type\n", "no column image"),
            ("category,split,type,image\na,train,logical,x.png\n", "manifest.csv:2: a defective image"),
            ("category,split,type,image\n\na,test,odd,x.png\n", "manifest.csv:3: the type is odd"),
            ("category,split,type,image\na,other,good,x.png\n", "manifest.csv:2: the split is other"),
            ("category,split,type,image\na,test,good,x.png,more\n", "5 values for 4 columns"),
            ("category,split,type,image\na,test,good,\n", "image is empty"),
            ("category,split,type,image,kinds\na,test,logical,x.png,gone\n", "the kind is gone"),
            ("", "it is empty"),
        ]
        for (text, problem) in cases {
            try folder.write(text, to: "manifest.csv")
            let error = #expect(throws: EvaluationError.self) { try DataSetLayout.celad.read(folder.path) }
            #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
        }
    }

    @Test func annotationsSayWhatIsWrongAndHowMuchOfItIsEnough() throws {
        let tray = try category(.assay, "assay")
        let logical = tray.test.filter { $0.type == .logical }
        #expect(logical.map(\.subtype) == ["missing_nut", "extra_nut", "swapped", "replaced"])
        func boxes(_ numbers: [Int]...) -> Anomaly.Place {
            .boxes(numbers.map { PixelBox(x: $0[0], y: $0[1], width: $0[2], height: $0[3]) })
        }
        #expect(logical[0].anomalies == [Anomaly(kind: .missing, place: .insideMask)])
        #expect(
            logical[1].anomalies == [
                Anomaly(kind: .extra, place: boxes([3, 1, 2, 2], [0, 1, 2, 2], [3, 1, 2, 2], [5, 1, 2, 2]))
            ])
        #expect(
            logical[2].anomalies == [
                Anomaly(kind: .swapped, place: boxes([0, 1, 7, 2], [0, 1, 2, 2], [5, 1, 2, 2]))
            ])
        #expect(
            logical[3].anomalies == [
                Anomaly(kind: .wrong, place: boxes([3, 1, 2, 2])), Anomaly(kind: .missing, place: .nowhere),
            ])
        // A nut's own area is enough where the mask covers more; both places of a swap are needed.
        #expect(
            try logical.map { try files($0)[0][0].saturation } == [.pixels(4), .pixels(4), .pixels(8), .pixels(4)])
        #expect(tray.test.last?.anomalies == nil)
    }

    @Test func aFolderWithoutTheLayoutIsNamed() throws {
        for layout in DataSetLayout.allCases {
            let error = #expect(throws: EvaluationError.self) { try layout.read("/nowhere") }
            #expect(error?.description.contains("/nowhere") == true)
        }
    }
}

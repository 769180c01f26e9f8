import AssayTestSupport
import Assessment
import Enrolment
import Foundation
import Imaging
import Inference
import SupportSets
import Testing
import Verdicts

struct EnrollerTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-enrol")
    }

    private func pictures(_ scenes: [DrawnScene]) throws -> [SupportPicture] {
        try scenes.enumerated().map { index, scene in
            let image = scene.image()
            return SupportPicture(name: "shots/good \(index).png", bytes: try image.png(), image: image)
        }
    }

    private func trays(_ count: Int) -> [DrawnScene] {
        (1...UInt64(count)).map { DrawnScene.tray.varied(seed: $0) }
    }

    private func enrol(
        _ scenes: [DrawnScene], into name: String = "set", replacing: Bool = false,
        model: any PerceptionModel = DrawnModel(), progress: (Enroller.Step) -> Void = { _ in }
    ) throws -> SupportSet {
        try Enroller(model: model, segmenterLongSide: 160).enrol(
            pictures(scenes), name: "tray", version: "7", into: folder.file(name), replacing: replacing,
            progress: progress)
    }

    @Test(arguments: [1, 2, 4, 8])
    func aSetHoldsWhatItWasMadeOfAndPassesItsOwnImages(count: Int) throws {
        let scenes = trays(count)
        let set = try enrol(scenes)
        let manifest = set.manifest
        #expect(manifest.schema == SupportSetManifest.currentSchema)
        #expect(manifest.name == "tray" && manifest.version == "7" && manifest.k == count)
        #expect(manifest.model == DrawnModel().identity)
        #expect(manifest.preprocessing.imageSize == DrawnScene.tray.size)
        #expect(manifest.preprocessing.segmenterLongSide == 160)
        #expect(try Date(manifest.created, strategy: .iso8601).timeIntervalSinceNow > -600)
        #expect(manifest.files.count == count + 2)
        #expect(set.logical.images.count == count && set.structural.imageCount == count)
        #expect(set.logical.images.allSatisfy { $0.objects.count == 6 })

        let calibration = manifest.calibration
        #expect(calibration.method == (count == 1 ? "altered-views" : "leave-one-out"))
        #expect(Set(calibration.methods.keys) == Set(Method.enrolled.map(\.rawValue)))
        for method in Method.enrolled {
            let own = try #require(calibration.methods[method.rawValue])
            #expect(own.scores.count == calibration.sampleSize)
            #expect(own.guardLow < own.threshold && own.threshold < own.guardHigh)
            #expect(
                (own.scores.max() ?? 0) < own.threshold, "a good image of \(count) reached the threshold of \(method)")
            let assessor = try Assessor(model: DrawnModel(), set: set, method: method)
            for scene in scenes {
                let assessment = try assessor.assess(scene.image())
                #expect(assessment.decision == .pass, "\(count), \(method): score \(assessment.score ?? -1)")
            }
        }
    }

    @Test(arguments: [1, 2, 4, 8])
    func anErasedPartFailsWithEverySizeOfSet(count: Int) throws {
        let assessor = try Assessor(model: DrawnModel(), set: try enrol(trays(count)), method: .assay)
        var scene = DrawnScene.tray.varied(seed: 30)
        scene.parts.remove(at: 1)
        let assessment = try assessor.assess(scene.image())
        #expect(assessment.decision == .fail)
        #expect(assessment.findings.first?.kind == .missing)
    }

    @Test func theSampleSizeIsThatOfTheGoodScores() throws {
        #expect(try enrol(trays(4), into: "four").manifest.calibration.sampleSize == 4)
        #expect(try enrol(trays(8), into: "eight").manifest.calibration.sampleSize == 8)
        #expect(try enrol(trays(1), into: "one").manifest.calibration.sampleSize > 1)
    }

    @Test func thePromiseSaysWhatFewImagesCannotPromise() throws {
        let one = try enrol(trays(1), into: "one").manifest.calibration.promise
        #expect(one.contains("altered views of one image") && one.contains("no false-alarm rate can be promised"))
        for count in [2, 8] {
            let promise = try enrol(trays(count), into: "\(count)").manifest.calibration.promise
            #expect(promise.contains("No good image of \(count)") && promise.contains("too few"), "\(promise)")
            #expect(promise.contains("Enrol more good images"))
        }
    }

    @Test func twentyGoodImagesAreEnoughForAPromiseAndAPValue() throws {
        for (count, isGiven) in [(4, false), (20, true)] {
            // Coarse maps: what is asked for here does not depend on them.
            let model = DrawnModel(longSide: 72)
            let set = try enrol(trays(count), into: "\(count)", model: model)
            let promise = set.manifest.calibration.promise
            let assay = try #require(set.manifest.calibration.methods["assay"])
            let reached = assay.scores.count { $0 >= assay.guardLow }
            let told = reached == 0 ? "No good image of \(count)" : "\(reached) of \(count) good images"
            #expect(promise.contains(told) && promise.contains("too few") != isGiven, "\(promise)")
            let assessor = try Assessor(model: model, set: set, method: .assay)
            let good = try assessor.assess(DrawnScene.tray.varied(seed: 1).image())
            let bad = try assessor.assess(DrawnScene(size: DrawnScene.tray.size, parts: []).image())
            #expect((good.pValue != nil) == isGiven && (bad.pValue != nil) == isGiven)
            if let goodValue = good.pValue, let badValue = bad.pValue {
                #expect((0...1).contains(goodValue) && badValue < goodValue)
                #expect(abs(badValue - 1 / 21) < 1e-5)
            }
        }
    }

    @Test func theSameImagesGiveTheSameBanksByteForByte() throws {
        for count in [1, 4] {
            _ = try enrol(trays(count), into: "a\(count)")
            _ = try enrol(trays(count), into: "b\(count)")
            for name in ["logical.bank", "structural.bank", "images/001-good_0.png"] {
                #expect(
                    try SupportSetFolder.digest(of: folder.file("a\(count)/\(name)"))
                        == SupportSetFolder.digest(of: folder.file("b\(count)/\(name)")), "\(name)")
            }
            let one = try SupportSet(opening: folder.file("a\(count)")).manifest
            let other = try SupportSet(opening: folder.file("b\(count)")).manifest
            #expect(one.calibration == other.calibration && one.files == other.files)
        }
    }

    @Test func theImagesOfASetAreTheBytesThatWereGiven() throws {
        let set = try enrol(trays(2))
        let stored = try Data(contentsOf: URL(fileURLWithPath: folder.file("set/images/002-good_1.png")))
        #expect([UInt8](stored) == (try pictures(trays(2))[1].bytes))
        #expect(set.logical.images.map(\.name) == ["001-good_0.png", "002-good_1.png"])
    }

    @Test func hostileNamesStayInsideTheSet() throws {
        let names = [
            "../../etc/passwd", "..", "/", "", "a\u{0}b\nc", String(repeating: "ü", count: 300) + ".png", "..",
        ]
        let shown = try pictures(trays(names.count))
        let set = try Enroller(model: DrawnModel(), segmenterLongSide: 160).enrol(
            zip(names, shown).map { SupportPicture(name: $0, bytes: $1.bytes, image: $1.image) }, name: "tray",
            version: "1", into: folder.file("set"), replacing: false
        ) { _ in }
        #expect(set.manifest.k == names.count)
        #expect(Set(set.logical.images.map(\.name)).count == names.count)
        #expect(set.logical.images[0].name == "001-passwd")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["set"])
    }

    private func refusal(_ scenes: [DrawnScene], into name: String = "set") throws -> EnrolmentError? {
        let shown = try pictures(scenes)
        do throws(EnrolmentError) {
            _ = try Enroller(model: DrawnModel(), segmenterLongSide: 160).enrol(
                shown, name: "tray", version: "1", into: folder.file(name), replacing: false
            ) { _ in }
            return nil
        } catch {
            return error
        }
    }

    @Test func noImageIsRefused() throws {
        guard case .noImages = try refusal([]) else {
            Issue.record("a set was made of nothing")
            return
        }
    }

    @Test func imagesOfOtherShapesAreRefusedByName() throws {
        var tall = DrawnScene.tray
        tall.size = PixelSize(width: 144, height: 192)
        guard case .shapesDiffer = try refusal(trays(2) + [tall]) else {
            Issue.record("pictures of two shapes were enrolled")
            return
        }
        let text = try #require(try refusal(trays(2) + [tall])).description
        #expect(text.contains("good 2.png is 144×192") && text.contains("good 0.png is 192×144"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test(arguments: [1, 3])
    func picturesWithoutAnyPartAreRefused(count: Int) throws {
        let empty = DrawnScene(size: DrawnScene.tray.size, parts: [])
        guard case .nothingFound = try refusal(Array(repeating: empty, count: count)) else {
            Issue.record("empty pictures were enrolled")
            return
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func anExistingSetIsKeptUnlessReplacingIsAskedFor() throws {
        let first = try enrol(trays(2))
        guard case .alreadyThere = try refusal(trays(3)) else {
            Issue.record("an existing set was replaced unasked")
            return
        }
        #expect(try SupportSet(opening: folder.file("set")).identity == first.identity)
        #expect(try enrol(trays(3), replacing: true).manifest.k == 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["set"])
    }

    @Test func aModelThatFailsLeavesNothingBehind() throws {
        struct Failing: PerceptionModel {
            let identity = DrawnModel().identity
            func perceive(_ image: Image) throws(InferenceError) -> Perception {
                throw .notFinite(output: "features")
            }
        }
        #expect(throws: EnrolmentError.self) { try enrol(trays(2), model: Failing()) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func progressIsTold() throws {
        var perceived: [Int] = []
        var calibrated: [Int] = []
        var didWrite = false
        var tested = 0
        _ = try enrol(trays(3)) { step in
            switch step {
            case .perceived(let done, let count):
                // The pictures first, and then the same turned, as the drawn trays lie a little differently each time.
                #expect(count == (done <= 3 ? 3 : 3 + 3 * TurnedViews.countPerImage) && calibrated.isEmpty)
                perceived.append(done)
            case .calibrated(let done, let count):
                #expect(count >= done && !didWrite)
                calibrated.append(done)
            case .found(let found): #expect(found.ids(of: 0) == ["1", "2", "3", "4", "5", "6"])
            case .tested(let done, let count):
                #expect(done > tested && done <= count && !calibrated.isEmpty && !didWrite)
                tested = done
            case .writing: didWrite = true
            }
        }
        #expect(tested > 0)
        #expect(perceived == Array(1...(3 + 3 * TurnedViews.countPerImage)))
        #expect(calibrated == calibrated.sorted() && calibrated.count >= 3 && didWrite)
    }

    @Test func aSetOfAnotherModelIsRefusedByTheAssessor() throws {
        let set = try enrol(trays(2))
        for other in [
            ModelIdentity(name: "other", digest: DrawnModel().identity.digest, precision: "fp32"),
            ModelIdentity(name: "drawn", digest: String(repeating: "0", count: 64), precision: "fp32"),
            ModelIdentity(name: "drawn", digest: DrawnModel().identity.digest, precision: "int8"),
        ] {
            var model = DrawnModel()
            model.identity = other
            do throws(AssessmentError) {
                _ = try Assessor(model: model, set: set, method: .assay)
                Issue.record("\(other) was taken")
            } catch {
                #expect(error.description.contains("enrol the set anew"))
            }
        }
    }
}

import AssayTestSupport
import Assessment
import Imaging
import Inference
import SupportSets
import Synchronization
import Testing
import Verdicts

/// The judgement of drawn trays, of which everything is known.
struct AssessorTests {
    /// Enrolled once for all tests.
    private static let enrolled = Result { try Bench() }
    private let bench: Bench

    init() throws {
        bench = try Self.enrolled.get()
    }

    private let goods = (21...30).map { DrawnScene.tray.varied(seed: UInt64($0)) }

    /// A good tray, changed.
    private func tray(_ change: (inout DrawnScene) -> Void) -> DrawnScene {
        var scene = DrawnScene.tray.varied(seed: 40)
        change(&scene)
        return scene
    }

    @Test(arguments: Method.enrolled)
    func theSupportImagesThemselvesPass(method: Method) throws {
        for scene in Bench.trays(count: 4) {
            let assessment = try bench.assess(scene, by: method)
            #expect(assessment.decision == .pass, "score \(assessment.score ?? -1) \(assessment.findings)")
            #expect(assessment.objectsSeen == 6 && assessment.objectsExpected == 6)
        }
    }

    @Test(arguments: Method.enrolled)
    func goodPicturesNeverSeenBeforePass(method: Method) throws {
        var passed = 0
        for scene in goods {
            let assessment = try bench.assess(scene, by: method)
            if assessment.decision == .pass { passed += 1 }
            #expect(assessment.decision != .fail, "score \(assessment.score ?? -1)")
        }
        #expect(passed >= goods.count - 1)
    }

    @Test(arguments: Method.enrolled)
    func anErasedPartIsMissingAtItsPlace(method: Method) throws {
        for index in DrawnScene.tray.parts.indices {
            let place = DrawnScene.tray.parts[index].box
            let assessment = try bench.assess(tray { $0.parts.remove(at: index) }, by: method)
            #expect(assessment.decision == .fail, "part \(index), score \(assessment.score ?? -1)")
            let worst = try #require(assessment.findings.first)
            #expect(worst.kind == .missing && worst.box == nil, "part \(index): \(worst)")
            let expected = try #require(assessment.findings.first { $0.kind == .missing }?.expectedBox)
            #expect(expected.overlap(with: place) > 0.6, "part \(index): \(expected) for \(place)")
            #expect(assessment.objectsSeen == 5 && assessment.objectsExpected == 6)
        }
    }

    @Test(arguments: Method.enrolled)
    func anAddedPartIsExtraAtItsPlace(method: Method) throws {
        let added = DrawnScene.Part(.disc(radius: 9), .init(230, 120, 30), x: 66, y: 72)
        let assessment = try bench.assess(tray { $0.parts.append(added) }, by: method)
        #expect(assessment.decision == .fail, "score \(assessment.score ?? -1)")
        let extra = try #require(assessment.findings.first { $0.kind == .extra }, "\(assessment.findings)")
        #expect(try #require(extra.box).overlap(with: added.box) > 0.6)
        #expect(extra.expectedBox == nil && extra.mask != nil)
        #expect(assessment.objectsSeen == 7)
    }

    @Test func aRecolouredPartIsChangedInColourFirst() throws {
        let assessment = try bench.assess(tray { $0.parts[4].colour = .init(215, 90, 120) })
        #expect(assessment.decision == .fail, "score \(assessment.score ?? -1)")
        let worst = try #require(assessment.findings.first)
        #expect(worst.kind == .changed, "\(worst)")
        #expect(try #require(worst.box).overlap(with: DrawnScene.tray.parts[4].box) > 0.6)
        let parts = worst.parts
        let colour = try #require(parts.colour)
        for other in [parts.context, parts.area, parts.shape, parts.position] {
            #expect(colour >= other ?? 0, "\(parts)")
        }
        #expect(worst.sentence.contains("colour") || worst.sentence.contains("looks"), "\(worst.sentence)")
    }

    @Test func twoPartsThatChangedPlacesAreBothMoved() throws {
        let assessment = try bench.assess(
            tray { scene in
                let (first, second) = (scene.parts[0], scene.parts[5])
                (scene.parts[0].x, scene.parts[0].y) = (second.x, second.y)
                (scene.parts[5].x, scene.parts[5].y) = (first.x, first.y)
            })
        #expect(assessment.decision == .fail)
        let moved = assessment.findings.filter { $0.kind == .moved }
        #expect(moved.count == 2, "\(assessment.findings.map(\.sentence))")
        let places = [DrawnScene.tray.parts[0].box, DrawnScene.tray.parts[5].box]
        for place in places {
            #expect(moved.contains { ($0.box?.overlap(with: place) ?? 0) > 0.4 })
        }
        #expect(!assessment.findings.contains { $0.kind == .missing || $0.kind == .extra })
    }

    @Test func anEnlargedPartIsChangedInArea() throws {
        let assessment = try bench.assess(tray { $0.parts[2].shape = .disc(radius: 18) })
        #expect(assessment.decision == .fail, "score \(assessment.score ?? -1)")
        let worst = try #require(assessment.findings.first)
        #expect(worst.kind == .changed && (worst.parts.area ?? 0) > 0.3, "\(worst)")
        #expect(worst.sentence.contains("larger"), "\(worst.sentence)")
    }

    @Test(arguments: Method.enrolled)
    func anEmptyPictureLacksEverything(method: Method) throws {
        let assessment = try bench.assess(DrawnScene(size: DrawnScene.tray.size, parts: []), by: method)
        #expect(assessment.decision == .fail, "score \(assessment.score ?? -1)")
        #expect(assessment.objectsSeen == 0 && assessment.objectsExpected == 6)
        let missing = assessment.findings.filter { $0.kind == .missing }
        #expect(missing.count == 6)
        for part in DrawnScene.tray.parts {
            #expect(missing.contains { ($0.expectedBox?.overlap(with: part.box) ?? 0) > 0.5 })
        }
    }

    @Test(arguments: Method.enrolled)
    func aFrameOfAnotherShapeGetsNoVerdict(method: Method) throws {
        for (width, height) in [(144, 192), (192, 192), (1, 1), (1000, 10)] {
            let scene = DrawnScene(size: PixelSize(width: width, height: height), parts: [])
            let assessment = try bench.assess(scene, by: method)
            #expect(assessment.decision == .noVerdict)
            #expect(assessment.reasons == [.frameSizeDiffers])
            #expect(assessment.score == nil && assessment.findings.isEmpty)
        }
    }

    @Test func boxesAreFramePixelsWhateverTheSizeOfTheMaps() throws {
        for scale in [0.5, 1.5, 2] {
            let erased = try bench.assess(tray { $0.parts.remove(at: 3) }, scale: scale)
            let place = scaled(DrawnScene.tray.parts[3].box, by: scale)
            let expected = try #require(erased.findings.first { $0.kind == .missing }?.expectedBox)
            #expect(expected.overlap(with: place) > 0.6, "\(scale): \(expected) for \(place)")
        }
    }

    private func scaled(_ box: PixelBox, by scale: Double) -> PixelBox {
        PixelBox(
            x: Int(Double(box.x) * scale), y: Int(Double(box.y) * scale), width: Int(Double(box.width) * scale),
            height: Int(Double(box.height) * scale))
    }

    @Test(arguments: Method.enrolled)
    func findingsComeWorstFirstInsideTheFrameAndShareAtMostTheWhole(method: Method) throws {
        let scenes = [
            tray { $0.parts.removeLast(3) }, tray { $0.parts[1].colour = .red },
            tray { $0.parts[0].shape = .bar(width: 40, height: 9) },
            tray { $0.parts.append(DrawnScene.Part(.bar(width: 50, height: 6), .green, x: 180, y: 70)) },
            DrawnScene(size: DrawnScene.tray.size, parts: []),
        ]
        for (index, scene) in scenes.enumerated() {
            let assessment = try bench.assess(scene, by: method)
            let shares = assessment.findings.map(\.share)
            #expect(shares == shares.sorted(by: >), "scene \(index): \(shares)")
            #expect(shares.allSatisfy { (0...1).contains($0) })
            #expect(shares.reduce(0, +) <= 1.0001)
            for finding in assessment.findings {
                #expect(finding.cost >= 0 && finding.cost.isFinite && !finding.sentence.isEmpty)
                #expect((finding.box == nil) == (finding.kind == .missing), "\(finding)")
                #expect(finding.expectedBox != nil || (finding.kind != .missing && finding.kind != .moved))
                for box in [finding.box, finding.expectedBox].compactMap(\.self) {
                    #expect(box.x >= 0 && box.y >= 0 && box.maxX <= 192 && box.maxY <= 144 && box.area > 0, "\(box)")
                }
            }
        }
    }

    @Test(arguments: Method.enrolled)
    func aPassHasNoFindingsAndAFailHasSome(method: Method) throws {
        #expect(try bench.assess(Bench.trays(count: 1)[0], by: method).findings.isEmpty)
        #expect(try !bench.assess(tray { $0.parts.remove(at: 0) }, by: method).findings.isEmpty)
    }

    @Test(arguments: Method.enrolled)
    func theSamePictureGivesTheSameAssessmentOnEveryThread(method: Method) throws {
        let assessor = try Assessor(model: DrawnModel(), set: bench.set, method: method)
        let images = [goods[0].image(), tray { $0.parts.remove(at: 2) }.image()]
        let expected = try images.map { try assessor.assess($0) }
        let differing = Mutex(0)
        withThreads(4) { thread in
            for round in 0..<3 {
                let index = (thread + round) % 2
                do {
                    let found = try assessor.assess(images[index])
                    if !Self.areSame(found, expected[index]) { differing.withLock { $0 += 1 } }
                } catch {
                    differing.withLock { $0 += 1 }
                }
            }
        }
        #expect(differing.withLock { $0 } == 0)
    }

    private static func areSame(_ one: Assessment, _ other: Assessment) -> Bool {
        one.decision == other.decision && one.reasons == other.reasons
            && one.score?.bitPattern == other.score?.bitPattern && one.nearestSupport == other.nearestSupport
            && one.objectsSeen == other.objectsSeen && one.findings == other.findings
    }

    @Test func aModelThatFailsGivesAnErrorAndNoVerdict() throws {
        struct Failing: PerceptionModel {
            let identity = DrawnModel().identity
            func perceive(_ image: Image) throws(InferenceError) -> Perception {
                throw .notFinite(output: "features")
            }
        }
        #expect(throws: InferenceError.notFinite(output: "features")) {
            try bench.assess(goods[0], model: Failing())
        }
    }

    /// A model must not do this; if it does all the same, its frame must not pass.
    @Test(arguments: Method.enrolled)
    func numbersThatAreNotFiniteNeverPass(method: Method) throws {
        struct Spoilt: PerceptionModel {
            let identity = DrawnModel().identity
            let value: Float
            let isEverywhere: Bool
            func perceive(_ image: Image) throws(InferenceError) -> Perception {
                let sound = try DrawnModel().perceive(image)
                var features = sound.features
                for index in features.values.indices where isEverywhere || index == features.values.count / 2 {
                    features.values[index] = value
                }
                return Perception(features: features, parts: sound.parts, featureTime: .zero, objectTime: .zero)
            }
        }
        for value in [Float.nan, .infinity] {
            for isEverywhere in [false, true] {
                do {
                    let assessment = try bench.assess(
                        goods[0], by: method, model: Spoilt(value: value, isEverywhere: isEverywhere))
                    #expect(assessment.decision != .pass, "\(value) everywhere: \(isEverywhere)")
                } catch {
                    #expect(error is InferenceError)
                }
            }
        }
    }

    @Test func aModelOtherThanTheSetsIsRefused() throws {
        var other = DrawnModel()
        other.identity = ModelIdentity(name: "drawn", digest: String(repeating: "e", count: 64), precision: "fp32")
        #expect(throws: AssessmentError.modelDiffers(set: DrawnModel().identity, running: other.identity)) {
            try Assessor(model: other, set: bench.set, method: .assay)
        }
    }
}

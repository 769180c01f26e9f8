import AssayTestSupport
import Assessment
import Foundation
import Imaging
import SupportSets
import Testing
import Verdicts

/// A picture in another light than the set's own images is not judged, and nothing else is taken for light.
struct LightTests {
    private func assess(_ image: Image, _ bench: Bench, limits: LightLimits = .standard) throws -> Assessment {
        try Assessor(model: DrawnModel(), set: bench.set, method: .assay).assess(image, lightLimits: limits)
    }

    private var good: DrawnScene { DrawnScene.tray.varied(seed: 40) }

    @Test func theSameLightIsJudged() throws {
        let bench = try Bench()
        #expect(try assess(good.image(), bench).decision == .pass)
        for stops in [-0.2, 0.2] {
            #expect(try assess(good.image().exposed(by: stops), bench).reasons.contains(.lightDrift) == false)
        }
    }

    @Test(arguments: [(-1.0, "darker"), (-2, "darker"), (0.7, "lighter"), (1, "lighter")])
    func anotherExposureGetsNoVerdictAndIsToldInWords(stops: Double, word: String) throws {
        let bench = try Bench()
        let assessment = try assess(good.image().exposed(by: stops), bench)
        #expect(assessment.decision == .noVerdict && assessment.reasons == [.lightDrift])
        #expect(assessment.score == nil && assessment.limits != nil)
        #expect(assessment.remark?.contains(word) == true, "\(assessment.remark ?? "")")
    }

    @Test(arguments: [(0.5, -0.5, "red"), (-0.3, 0.6, "blue")])
    func anotherColourOfTheLightGetsNoVerdict(red: Double, blue: Double, word: String) throws {
        let bench = try Bench()
        let assessment = try assess(good.image().exposed(by: 0, red: red, blue: blue), bench)
        #expect(assessment.reasons == [.lightDrift])
        #expect(assessment.remark?.contains(word) == true, "\(assessment.remark ?? "")")
    }

    @Test func whereDriftIsOnlyWarnedOfThePictureIsJudged() throws {
        let bench = try Bench()
        let limits = LightLimits(exposure: 0.35, colour: 0.2, isOnlyWarned: true)
        let assessment = try assess(good.image().exposed(by: -0.7), bench, limits: limits)
        #expect(assessment.decision != .noVerdict && assessment.score != nil)
        #expect(assessment.reasons.contains(.lightDrift) && assessment.remark != nil)
        let free = LightLimits(exposure: .infinity, colour: .infinity, isOnlyWarned: false)
        #expect(try assess(good.image().exposed(by: -0.7), bench, limits: free).reasons.contains(.lightDrift) == false)
    }

    @Test func aMissingOrAddedPartIsNoLight() throws {
        let bench = try Bench()
        for index in good.parts.indices {
            var scene = good
            scene.parts.remove(at: index)
            #expect(try assess(scene.image(), bench).decision == .fail)
        }
        var empty = good
        empty.parts = []
        #expect(try assess(empty.image(), bench).reasons.contains(.lightDrift) == false)
        var covered = good
        covered.parts.append(.init(.bar(width: 130, height: 140), .init(10, 10, 10), x: 70, y: 72))
        #expect(try assess(covered.image(), bench).reasons.contains(.lightDrift) == false)
    }

    @Test func aBlackOrBlownOutPictureGetsNoVerdict() throws {
        let bench = try Bench()
        let size = good.size
        for (level, reason) in [(UInt8(0), ReasonCode.blackImage), (18, .blackImage), (255, .blownOutImage)] {
            let image = Image(
                width: size.width, height: size.height,
                pixels: [UInt8](repeating: level, count: size.pixelCount * 3))
            let assessment = try assess(image, bench)
            #expect(assessment.decision == .noVerdict && assessment.reasons == [reason], "\(level)")
            #expect(assessment.remark?.contains("100 %") == true)
        }
    }

    @Test func goodImagesThatAreNearlyBlackMakeBlackLegitimate() throws {
        func scene(seed: UInt64) -> DrawnScene {
            var scene = DrawnScene.tray.varied(seed: seed)
            scene.background = 4
            scene.parts = scene.parts.suffix(1)
            return scene
        }
        let bench = try Bench((1...4).map { scene(seed: $0) })
        let own = try #require(bench.set.manifest.light).blackShare
        #expect(own > 0.95)
        #expect(try assess(scene(seed: 9).image(), bench).decision == .pass)
        var empty = scene(seed: 9)
        empty.parts = []
        #expect(try assess(empty.image(), bench).reasons == [.blackImage])
    }

    @Test func aSetWithoutAProfileStillTellsBlackFromDarker() throws {
        let bench = try Bench()
        var manifest = bench.set.manifest
        manifest.light = nil
        let set = SupportSet(
            identity: bench.set.identity, manifest: manifest, logical: bench.set.logical,
            structural: bench.set.structural)
        let assessor = try Assessor(model: DrawnModel(), set: set, method: .assay)
        #expect(try assessor.assess(good.image().exposed(by: -1)).decision != .noVerdict)
        #expect(try assessor.assess(good.image().exposed(by: -9)).reasons == [.blackImage])
    }

    @Test(arguments: [1, 2, 3, 9]) func theSetsOwnImagesAreAlwaysInItsLight(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let images = (0..<count).map { index in
            DrawnScene.tray.varied(seed: UInt64(index)).image().exposed(
                by: Double.random(in: -2...1.5, using: &generator), red: Double.random(in: -1...1, using: &generator),
                blue: Double.random(in: -1...1, using: &generator))
        }
        let bench = try Bench(Bench.trays(count: count))
        var manifest = bench.set.manifest
        manifest.light = LightProfile(of: images)
        let set = SupportSet(
            identity: bench.set.identity, manifest: manifest, logical: bench.set.logical,
            structural: bench.set.structural)
        let assessor = try Assessor(model: DrawnModel(), set: set, method: .assay)
        let tight = LightLimits(exposure: 1e-4, colour: 1e-4, isOnlyWarned: false)
        for image in images {
            #expect(try assessor.assess(image, lightLimits: tight).reasons.contains(.lightDrift) == false)
        }
    }
}

extension Image {
    /// The same scene with as many stops more light, and of another colour.
    fileprivate func exposed(by stops: Double, red: Double = 0, blue: Double = 0) -> Image {
        func table(_ stops: Double) -> [UInt8] {
            (0..<256).map { level in
                let coded = Double(level) / 255
                let linear = (coded <= 0.04045 ? coded / 12.92 : pow((coded + 0.055) / 1.055, 2.4)) * exp2(stops)
                let back = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
                return UInt8(clamping: Int((back * 255).rounded()))
            }
        }
        let tables = [table(stops + red), table(stops), table(stops + blue)]
        return Image(
            width: width, height: height, pixels: pixels.indices.map { tables[$0 % 3][Int(pixels[$0])] })
    }
}

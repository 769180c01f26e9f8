import AssayTestSupport
import Imaging
import SupportSets
import Testing

@Suite struct LightProfileTests {
    private func profile(k: Int = SampleSet.imageCount) -> LightProfile {
        var generator = SeededGenerator(seed: 5)
        return LightProfile(
            cells: (0..<PictureLight.cellCount).map { _ in
                (0..<3).map { _ in UInt16.random(in: 0...65535, using: &generator) }
            },
            deviations: (0..<k).map { index in
                LightProfile.Deviation(darker: Float(index) / 8, lighter: 0.25, red: -0.5, blue: 0)
            },
            blackShare: 0.125, blownOutShare: 0)
    }

    private func opened(_ light: LightProfile?) throws -> SupportSet {
        let folder = try TemporaryFolder("assay-light")
        var sample = SampleSet()
        sample.manifest.light = light
        return try SupportSet(opening: sample.write(to: folder.file("set")))
    }

    @Test func aProfileIsReadAsItWasWritten() throws {
        #expect(try opened(profile()).manifest.light == profile())
    }

    @Test func aSetThatWasMadeWithoutOneStillOpens() throws {
        #expect(try opened(nil).manifest.light == nil)
    }

    @Test func aProfileThatNoEnrolmentWritesIsRefused() throws {
        var other = profile()
        other.blackShare = 1.5
        var far = profile()
        far.deviations[0].red = 1000
        for bad in [other, far, profile(k: 3), profile(k: 0)] {
            #expect(throws: SupportSetError.self) { try opened(bad) }
        }
        var short = profile()
        short.cells.removeLast()
        #expect(throws: SupportSetError.self) { try opened(short) }
    }
}

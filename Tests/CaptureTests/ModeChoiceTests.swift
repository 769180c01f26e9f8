import Capture
import Imaging
import Testing

struct ModeChoiceTests {
    private static let yuyv = FourCC(0x5659_5559)
    private static let grey = FourCC(0x5945_5247)
    private static let mjpeg = FourCC(0x4750_4A4D)
    private static let h264 = FourCC(0x3436_3248)

    private static func mode(_ fourCC: FourCC, _ width: Int, _ height: Int, _ rates: Double...) -> CameraMode {
        let size = PixelSize(width: width, height: height)
        return CameraMode(fourCC: fourCC, smallest: size, largest: size, rates: rates)
    }

    /// As many web cameras have them.
    private static let webCamera = [
        mode(yuyv, 640, 480, 30, 15), mode(yuyv, 1280, 720, 10), mode(yuyv, 1920, 1080, 5),
        mode(mjpeg, 640, 480, 30), mode(mjpeg, 1920, 1080, 30, 24), mode(mjpeg, 3840, 2160, 30),
        mode(h264, 1920, 1080, 60),
    ]

    private func choice(_ format: PixelFormat? = nil, _ size: PixelSize? = nil, rate: Double? = nil) -> ModeChoice? {
        ModeChoice(
            from: Self.webCamera, for: CameraRequest(device: "/dev/video0", format: format, size: size, rate: rate))
    }

    @Test func withoutWishesTheLargestUpToFullHDThatIsFastEnoughIsTaken() throws {
        let best = try #require(choice())
        #expect(best.fourCC == Self.mjpeg)
        #expect(best.size == PixelSize(width: 1920, height: 1080))
        #expect(best.rate == 30)
    }

    @Test func plainPixelsComeBeforeCompressedOnesOfTheSameSize() throws {
        let best = try #require(choice(nil, PixelSize(width: 640, height: 480)))
        #expect(best.fourCC == Self.yuyv)
        #expect(try #require(choice(nil, PixelSize(width: 1920, height: 1080), rate: 5)).fourCC == Self.yuyv)
        #expect(try #require(choice(nil, PixelSize(width: 1920, height: 1080), rate: 30)).fourCC == Self.mjpeg)
    }

    @Test func whatIsAskedForIsTakenHoweverSlowOrLarge() throws {
        #expect(try #require(choice(.yuyv, PixelSize(width: 1920, height: 1080))).rate == 5)
        #expect(try #require(choice(.mjpeg, PixelSize(width: 3840, height: 2160))).rate == 30)
        #expect(try #require(choice(.yuyv, rate: 12)).rate == 12)
    }

    @Test func whatNoModeHasIsRefused() {
        #expect(choice(.grey) == nil)
        #expect(choice(.yuyv, PixelSize(width: 641, height: 480)) == nil)
        #expect(ModeChoice(from: [], for: CameraRequest(device: "/dev/video0")) == nil)
        #expect(ModeChoice(from: [Self.mode(Self.h264, 64, 64, 30)], for: CameraRequest(device: "x")) == nil)
    }

    @Test func colourComesBeforeGrey() throws {
        let modes = [Self.mode(Self.grey, 640, 480, 60), Self.mode(Self.yuyv, 640, 480, 30)]
        let best = try #require(ModeChoice(from: modes, for: CameraRequest(device: "/dev/video0")))
        #expect(best.fourCC == Self.yuyv)
    }

    @Test func aRangeGivesTheLargestSizeOnItsSteps() throws {
        let range = CameraMode(
            fourCC: Self.grey, smallest: PixelSize(width: 48, height: 32),
            largest: PixelSize(width: 4096, height: 3000),
            step: PixelSize(width: 16, height: 8), rates: [])
        let best = try #require(ModeChoice(from: [range], for: CameraRequest(device: "/dev/video0")))
        #expect(best.size == PixelSize(width: 1920, height: 1080))
        #expect(best.rate == nil)
        #expect(range.has(PixelSize(width: 64, height: 40)))
        #expect(!range.has(PixelSize(width: 65, height: 40)))
        #expect(!range.has(PixelSize(width: 4112, height: 40)))
    }

    @Test func aDriverThatListsNoSizesMayBeAskedForAny() throws {
        let set = PixelSize(width: 640, height: 480)
        let mode = CameraMode(fourCC: Self.grey, smallest: set, largest: set, rates: [], isListed: false)
        let wanted = PixelSize(width: 800, height: 600)
        let request = CameraRequest(device: "/dev/video0", size: wanted)
        #expect(try #require(ModeChoice(from: [mode], for: request)).size == wanted)
        #expect(try #require(ModeChoice(from: [mode], for: CameraRequest(device: "/dev/video0"))).size == set)
    }

    @Test func ratesAndLettersReadWell() {
        #expect(
            [30.0, 7.5, 30000.0 / 1001, 0.05, .infinity].map(\.formattedRate) == ["30", "7.5", "29.97", "0.05", "?"])
        #expect(Self.yuyv.description == "YUYV")
        #expect(FourCC(0x2038_5842).description == "BX8")
        #expect(FourCC(0x0102_4242).description == "BB??")
    }
}

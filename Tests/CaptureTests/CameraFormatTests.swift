import Foundation
import Imaging
import Testing

/// What is agreed on with a camera and what its frames look like, over the preloaded camera.
@Suite(.serialized)
struct CameraFormatTests {
    /// As `paint` in the camera does it: the number in the first four bytes of each piece, its low byte in the others.
    @Test(arguments: [
        (name: "NM12", format: "nv12", separate: true), ("NM21", "nv21", true), ("NM16", "nv16", true),
        ("YM12", "yuv420", true), ("YM21", "yvu420", true), ("NV12", "nv12", false), ("YUYV", "yuyv", false),
    ])
    func aDeviceThatKnowsSeveralPlanesOnlyWorks(name: String, format: String, separate: Bool) throws {
        for offset in ["0", "64"] {
            let outcome = try PreloadedCamera(
                settings: ["MODES": "\(name):64:48:100", "PADDING": "32", "PLANES": "yes", "OFFSET": offset]
            ).probe("frames=5")
            #expect(outcome.states == ["opening", "streaming"])
            #expect(outcome.frames.count == 5)
            for frame in outcome.frames {
                #expect(frame.format == format && frame.painted == frame.sequence && frame.unchanged == true)
                #expect(frame.picture?.width == 64 && frame.picture?.height == 48)
            }
            if separate { #expect(outcome.frames.allSatisfy { $0.count == 96 * 48 }) }
            #expect(outcome.report["unmapped"] == outcome.report["mapped"])
            #expect(outcome.report["bad_qbuf"] == 0)
        }
    }

    @Test func aShortFrameInPiecesIsDamaged() throws {
        // 4000 bytes are less than the luma; 5000 are all of it and not all of the chroma.
        let outcome = try PreloadedCamera(
            settings: ["MODES": "NM12:64:64:100", "PLANES": "yes", "FAULTS": "short@2:4000,short@4:5000"]
        ).probe("frames=4")
        #expect(try outcome.done().errors == 2)
    }

    /// One pixel of a real colour through each of V4L2's ways to say what luma and chroma mean.
    @Test(arguments: [
        // colorspace, ycbcr_enc, quantization as linux/videodev2.h numbers them
        ("8:0:0", ColourEncoding(standard: .bt601, range: .limited)),  // sRGB
        ("3:0:0", ColourEncoding(standard: .bt709, range: .limited)),  // REC709
        ("10:0:0", ColourEncoding(standard: .bt2020, range: .limited)),
        ("2:0:0", ColourEncoding(standard: .smpte240m, range: .limited)),
        ("7:0:0", ColourEncoding(standard: .bt601, range: .full)),  // JPEG
        ("7:0:2", ColourEncoding(standard: .bt601, range: .limited)),
        ("8:2:0", ColourEncoding(standard: .bt709, range: .limited)),
        ("3:1:1", ColourEncoding(standard: .bt601, range: .full)),
        ("8:4:0", ColourEncoding(standard: .bt709, range: .limited)),  // xvYCC 709
    ])
    func coloursAreReadAsTheDriverSays(said: String, encoding: ColourEncoding) throws {
        let folder = try ImageFolder()
        let frame = [UInt8]([100, 90, 100, 180]) + [UInt8](repeating: 128, count: 64 * 2 - 4)
        try folder.write("frame.raw", bytes: frame)
        let outcome = try PreloadedCamera(
            settings: ["MODES": "YUYV:32:2:100", "FRAMES": folder.path + "/frame.raw", "COLOURS": said]
        ).probe("frames=1")
        let picture = try #require(outcome.frames.first?.picture)
        let layout = try ImageLayout(width: 32, height: 2, format: .yuyv)
        let expected = try unsafe frame.withUnsafeBytes {
            try unsafe Image(decoding: $0, layout: layout, encoding: encoding)
        }
        #expect(picture.first == expected.pixels.prefix(3).map { Int($0) })
    }

    @Test(arguments: ["GREY:32:2:100", "RGB3:32:2:100"])
    func limitedGreyAndColourAreStretchedOnlyWhenTheDriverSaysSo(mode: String) throws {
        for (said, level) in [("8:0:0", 16), ("8:0:1", 16), ("8:0:2", 0)] {
            let folder = try ImageFolder()
            try folder.write("frame.raw", bytes: [UInt8](repeating: 16, count: 32 * 2 * 3))
            let outcome = try PreloadedCamera(
                settings: ["MODES": mode, "FRAMES": folder.path + "/frame.raw", "COLOURS": said]
            ).probe("frames=1")
            #expect(outcome.frames.first?.picture?.first == [level, level, level])
        }
    }

    @Test func theDriversDefaultCropIsUsedAndTold() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "GREY:64:48:100", "CROP": "128:96"]).probe("frames=1")
        let streaming = try #require(outcome.events.first { $0.event == "streaming" })
        #expect(streaming.crop == [0, 0, 128, 96])
        let without = try PreloadedCamera(settings: ["MODES": "GREY:64:48:100"]).probe("frames=1")
        #expect(without.events.first { $0.event == "streaming" }?.crop == nil)
    }

    @Test func aDriverThatFillsOnlyAPartOfTheFrameIsRefused() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "GREY:64:48:100", "COMPOSE": "32:24"])
            .probe("frames=1", "limit=500")
        #expect(outcome.states == ["opening", "unsupported_format"])
        #expect(outcome.events.contains { $0.text?.contains("cannot give a picture that fills 64×48") == true })
    }

    @Test func aFormatNobodyReadsIsRefusedByItsLetters() throws {
        let outcome = try PreloadedCamera(settings: ["MODES": "H264:64:48:100,GREY:64:48:30"])
            .probe("frames=1", "format=H264", "limit=500")
        #expect(outcome.states == ["opening", "unsupported_format"])
        #expect(outcome.events.contains { $0.text?.contains("cannot give H264: choose one of") == true })
    }

    @Test func automaticallyTheBestOfAllIsTaken() throws {
        let modes = "RGBP:64:48:100,MJPG:64:48:100,GREY:64:48:100,YUYV:64:48:15,NV12:64:48:100"
        func taken(_ arguments: String...) throws -> String? {
            let camera = PreloadedCamera(settings: ["MODES": modes])
            let outcome = try camera.probe("frames=1", "width=64", "height=48", arguments[0])
            return outcome.events.first { $0.event == "streaming" }?.format
        }
        #expect(try taken("rate=50") == "nv12")
        #expect(try taken("format=YUYV") == "yuyv")
        #expect(try taken("format=RGBP") == "RGBP")
    }
}

import Glibc
import Testing

import Imaging

@Suite struct OverlayTests {
    static let picture = Samples.flat(320, 240, [128, 128, 128])
    static let box = PixelBox(x: 100, y: 80, width: 60, height: 40)

    static func isFontInstalled() -> Bool { unsafe access(Overlay.defaultFont, R_OK) == 0 }

    static func lumas(_ image: Image) -> [Int] {
        stride(from: 0, to: image.pixels.count, by: 3).map { index in
            (77 * Int(image.pixels[index]) + 150 * Int(image.pixels[index + 1]) + 29 * Int(image.pixels[index + 2]))
                >> 8
        }
    }

    @Test(arguments: [0, 60, 93, 128, 200, 255] as [UInt8], [OverlayColour.red, .blue, .black, .white])
    func anOutlineStandsOutFromAnyGreyWithoutItsHue(background: UInt8, colour: OverlayColour) {
        let picture = Samples.flat(320, 240, [background, background, background])
        let mark = OverlayMark(box: Self.box, label: "", colour: colour)
        let lumas = Self.lumas(Overlay(font: "").draw(marks: [mark], on: picture).image)
        #expect(lumas.contains { abs($0 - Int(background)) > 75 })
        #expect((lumas.max() ?? 0) - (lumas.min() ?? 0) > 120)
    }

    @Test func dashesLeaveGapsThatASolidLineHasNot() {
        func lightCount(_ style: OverlayMark.Style) -> Int {
            let mark = OverlayMark(box: Self.box, style: style, label: "", colour: .white)
            return Self.lumas(Overlay(font: "").draw(marks: [mark], on: Self.picture).image).count { $0 > 200 }
        }
        #expect(lightCount(.dashed) < lightCount(.solid) * 4 / 5)
        #expect(lightCount(.dashed) > lightCount(.solid) / 3)
    }

    @Test func aMaskIsOutlinedInsteadOfItsBoxAndScaledToTheFrame() throws {
        let mask = Mask(grid: PixelSize(width: 160, height: 120)) { x, y in
            (x - 65) * (x - 65) + (y - 50) * (y - 50) < 144
        }
        let mark = OverlayMark(box: Self.box, mask: mask, label: "", colour: .white)
        let lumas = Self.lumas(Overlay(font: "").draw(marks: [mark], on: Self.picture).image)
        #expect(lumas[100 * 320 + 108] > 200)
        #expect(lumas[100 * 320 + 130] == 128)
        #expect(lumas[80 * 320 + 100] == 128)
    }

    @Test func withoutAFontMarksAreDrawnAndTheLackIsSaid() {
        let overlay = Overlay(font: "/nonexistent/font.ttf")
        let marks = [OverlayMark(box: Self.box, label: "extra nut", colour: .red)]
        let banner = OverlayBanner(text: "FAIL", colour: .red)
        let drawn = overlay.draw(marks: marks, banner: banner, on: Self.picture)
        #expect(!overlay.isLettered && !drawn.isLettered)
        #expect(drawn.image.size == Self.picture.size)
        #expect(drawn.image != Self.picture)
        #expect(drawn == Overlay(font: "/proc/self/exe").draw(marks: marks, banner: banner, on: Self.picture))
    }

    @Test(.enabled(if: isFontInstalled()))
    func theBannerIsPutAboveTheFrameAndHidesNothing() {
        let drawn = Overlay().draw(marks: [], banner: OverlayBanner(text: "PASS 0.2", colour: .green), on: Self.picture)
        #expect(drawn.isLettered)
        #expect(drawn.bannerHeight > 0)
        #expect(drawn.image.height == Self.picture.height + drawn.bannerHeight)
        #expect(drawn.image.pixels.suffix(Self.picture.pixels.count).elementsEqual(Self.picture.pixels))
        let banner = Self.lumas(drawn.image).prefix(drawn.bannerHeight * 320)
        #expect(banner.contains { $0 < 40 })
        #expect(banner.first == OverlayColour.green.luma)
    }

    @Test(.enabled(if: isFontInstalled()))
    func aLabelAddsLightLettersOnADarkPlate() {
        func drawn(_ label: String) -> Image {
            Overlay().draw(
                marks: [OverlayMark(box: Self.box, label: label, colour: .red)], on: Self.picture
            ).image
        }
        let bare = Self.lumas(drawn(""))
        let lettered = Self.lumas(drawn("missing washer"))
        let changed = zip(bare, lettered).filter { $0 != $1 }.map(\.1)
        #expect(changed.count { $0 < 60 } > 500)
        #expect(changed.count { $0 > 200 } > 100)
    }

    @Test func hostileMarksAreCutOffWithoutHarm() {
        let boxes = [
            PixelBox(x: -50, y: -50, width: 1000, height: 1000), PixelBox(x: 319, y: 239, width: 1, height: 1),
            PixelBox(x: Int.max, y: Int.max, width: Int.max, height: Int.max),
            PixelBox(x: Int.min, y: Int.min, width: Int.max, height: Int.max),
            PixelBox(x: 5, y: 5, width: -3, height: 0), PixelBox(x: 400, y: 300, width: 10, height: 10),
        ]
        let labels = ["", "x", String(repeating: "long ", count: 5000), "\u{0}\n\t\u{301}\u{301}", "Mutter 螺母 🔩"]
        let marks = boxes.flatMap { box in labels.map { OverlayMark(box: box, label: $0, colour: .amber) } }
        for (width, height) in [(320, 240), (1, 1), (5, 300), (300, 5)] {
            let picture = Samples.noise(width, height, seed: 61)
            let drawn = Overlay().draw(marks: marks, banner: OverlayBanner(text: labels[2], colour: .red), on: picture)
            #expect(drawn.image.width == width)
            #expect(drawn.image.height == height + drawn.bannerHeight)
        }
    }

    @Test(.enabled(if: isFontInstalled()))
    func theSameMarksGiveTheSamePictureFromManyThreads() async {
        let overlay = Overlay()
        let marks = [OverlayMark(box: Self.box, label: "changed nut", colour: .red)]
        let expected = overlay.draw(marks: marks, on: Self.picture)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { overlay.draw(marks: marks, on: Self.picture) == expected } }
            for await isSame in group { #expect(isSame) }
        }
    }
}

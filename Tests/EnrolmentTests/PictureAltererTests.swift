import Enrolment
import Imaging
import SupportSets
import Testing
import Verdicts

/// A slope of grey with a red bar, a green bar of the same size and a red square on it.
struct PictureAltererTests {
    private static let size = PixelSize(width: 160, height: 120)
    private let alterer: PictureAlterer
    private let image: Image

    private static func slope(_ x: Int, _ y: Int) -> [UInt8] { [UInt8](repeating: UInt8(60 + x / 2 + y / 3), count: 3) }

    private static func mask(_ box: PixelBox) -> Mask {
        Mask(grid: size, box: box, bits: [UInt8](repeating: 1, count: box.area))
    }

    private static let boxes = [
        PixelBox(x: 30, y: 20, width: 12, height: 36), PixelBox(x: 90, y: 20, width: 12, height: 36),
        PixelBox(x: 60, y: 80, width: 20, height: 20),
    ]
    private static let colours: [[UInt8]] = [[200, 40, 40], [40, 180, 60], [200, 40, 40]]

    init() {
        var pixels: [UInt8] = []
        for y in 0..<Self.size.height {
            for x in 0..<Self.size.width {
                let part = Self.boxes.firstIndex { Self.mask($0).contains(x: x, y: y) }
                // A bar's upper end is light, so that it can be seen which way round it is.
                let isTip = part.map { $0 < 2 && y < 28 } ?? false
                pixels += isTip ? [230, 230, 230] : part.map { Self.colours[$0] } ?? Self.slope(x, y)
            }
        }
        image = Image(width: Self.size.width, height: Self.size.height, pixels: pixels)
        alterer = PictureAlterer(image: image, parts: Self.parts(havePlaces: true), softness: 1)
    }

    private static func parts(havePlaces: Bool) -> [AlterablePart] {
        boxes.enumerated().map { index, box in
            AlterablePart(
                mask: mask(box), kind: index, elongation: index < 2 ? 0.67 : 0, orientation: Float.pi / 2,
                hasPlace: havePlaces)
        }
    }

    private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [Int] {
        (0..<3).map { Int(image.pixels[3 * (y * image.width + x) + $0]) }
    }

    /// The largest difference in level from another picture inside or outside some boxes.
    private func difference(_ one: Image, _ other: (Int, Int) -> [Int], where isCounted: (Int, Int) -> Bool) -> Int {
        var largest = 0
        for y in 0..<one.height {
            for x in 0..<one.width where isCounted(x, y) {
                for (mine, theirs) in zip(pixel(one, x, y), other(x, y)) { largest = max(largest, abs(mine - theirs)) }
            }
        }
        return largest
    }

    @Test func anErasedPartLeavesItsSurroundingsContinued() throws {
        let altered = try #require(alterer.altered(0, by: .erased, turn: 0))
        let box = Self.boxes[0]
        let slope = { (x: Int, y: Int) in Self.slope(x, y).map(Int.init) }
        #expect(difference(altered.image, slope) { Self.mask(box).contains(x: $0, y: $1) } <= 6)
        let wide = Self.mask(box).grown(by: 4)
        #expect(difference(altered.image, { pixel(image, $0, $1) }) { !wide.contains(x: $0, y: $1) } == 0)
        #expect(altered.expected.map(\.kinds) == [[.missing]])
        #expect(altered.expected.map(\.boxes) == [[box]])
    }

    @Test func anAddedPartLiesWhereNothingLay() throws {
        let altered = try #require(alterer.altered(2, by: .added, turn: 0))
        let box = try #require(altered.expected.first?.boxes.first)
        #expect(Self.boxes.allSatisfy { $0.intersection(box).area == 0 })
        #expect(pixel(altered.image, box.x + box.width / 2, box.y + box.height / 2) == [200, 40, 40])
    }

    @Test func exchangedPartsLieInEachOthersPlaces() throws {
        let altered = try #require(alterer.altered(0, by: .swapped, turn: 0))
        #expect(pixel(altered.image, 36, 45) == [40, 180, 60])
        #expect(pixel(altered.image, 96, 45) == [200, 40, 40])
        #expect(altered.expected.count == 2)
    }

    @Test func aReplacedPartIsTheOtherOneNearestInSize() throws {
        let altered = try #require(alterer.altered(0, by: .replaced, turn: 0))
        #expect(pixel(altered.image, 36, 45) == [40, 180, 60])
        #expect(pixel(altered.image, 96, 45) == [40, 180, 60])
    }

    @Test func aTurnedPartStandsOnItsHead() throws {
        let altered = try #require(alterer.altered(0, by: .turned, turn: 0))
        #expect(pixel(altered.image, 36, 23) == [200, 40, 40])
        #expect(pixel(altered.image, 36, 52) == [230, 230, 230])
    }

    @Test func aPartThatLooksAlikeEitherWayIsNotTurned() {
        #expect(alterer.altered(2, by: .turned, turn: 0) == nil)
    }

    @Test func aLongPartIsShortenedAlongItself() throws {
        let altered = try #require(alterer.altered(0, by: .resized, turn: 0))
        // Three quarters of 36 pixels about the middle at 38.
        #expect(pixel(altered.image, 36, 45) == [200, 40, 40])
        #expect(abs(pixel(altered.image, 36, 54)[0] - pixel(altered.image, 36, 54)[1]) < 12)
        #expect(pixel(altered.image, 32, 38)[0] > 150, "it is as wide as before")
    }

    @Test func aRecolouredPartKeepsItsPlaceAndShape() throws {
        let altered = try #require(alterer.altered(0, by: .recoloured, turn: 0))
        let wide = Self.mask(Self.boxes[0]).grown(by: 2)
        #expect(difference(altered.image, { pixel(image, $0, $1) }) { !wide.contains(x: $0, y: $1) } == 0)
        #expect(pixel(altered.image, 36, 45)[2] > 70)
    }

    @Test func aChipTakesAboutAnEighthOfThePart() throws {
        let altered = try #require(alterer.altered(2, by: .chipped, turn: 0))
        let box = Self.boxes[2]
        var gone = 0
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX where pixel(altered.image, x, y)[1] > 80 { gone += 1 }
        }
        #expect((box.area / 20...box.area / 5).contains(gone))
    }

    @Test func aStainLiesOnThePartAlone() throws {
        let altered = try #require(alterer.altered(2, by: .stained, turn: 0))
        let mask = Self.mask(Self.boxes[2])
        #expect(difference(altered.image, { pixel(image, $0, $1) }) { mask.contains(x: $0, y: $1) } > 60)
        #expect(difference(altered.image, { pixel(image, $0, $1) }) { !mask.contains(x: $0, y: $1) } == 0)
    }

    @Test(arguments: [Alteration.swapped, .moved, .turned])
    func whatLiesAnywhereIsNeverAtAWrongPlace(alteration: Alteration) {
        let loose = PictureAlterer(image: image, parts: Self.parts(havePlaces: false), softness: 1)
        #expect(loose.altered(0, by: alteration, turn: 0) == nil)
        #expect(alterer.altered(0, by: alteration, turn: 0) != nil)
    }

    @Test func aFilledBarePlaceLooksAsBefore() throws {
        let filled = try #require(alterer.untouched(like: 2, turn: 0))
        #expect(difference(filled, { pixel(image, $0, $1) }) { _, _ in true } <= 4)
    }
}

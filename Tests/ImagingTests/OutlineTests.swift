import Testing

import Imaging

@Suite struct OutlineTests {
    @Test func theLoopsPassEveryBoundaryPixelAndNoOther() {
        for mask in MaskTests.masks() {
            let passed = Set(Outline.loops(of: mask).joined())
            var boundary: Set<Place> = []
            for y in 0..<mask.grid.height {
                for x in 0..<mask.grid.width where mask.boundary.contains(x: x, y: y) {
                    boundary.insert(Place(x: x, y: y))
                }
            }
            #expect(passed == boundary)
        }
    }

    @Test func neighboursInALoopTouch() {
        for loop in MaskTests.masks().flatMap({ Outline.loops(of: $0) }) {
            for (place, next) in zip(loop, loop.dropFirst() + loop.prefix(1)) {
                #expect(abs(place.x - next.x) <= 1 && abs(place.y - next.y) <= 1)
            }
        }
    }

    @Test func aRingHasAnOuterAndAnInnerLoop() {
        let ring = Mask(grid: PixelSize(width: 9, height: 9)) { x, y in
            let isOuter = (1...7).contains(x) && (1...7).contains(y)
            return isOuter && !((3...5).contains(x) && (3...5).contains(y))
        }
        #expect(Outline.loops(of: ring).count == 2)
    }

    @Test func theLoopRoundABoxStaysInThePicture() throws {
        let mark = OverlayMark(box: PixelBox(x: 0, y: 3, width: 20, height: 4), label: "", colour: .red)
        let outline = Outline(of: mark, margin: 2, in: PixelSize(width: 10, height: 8))
        let loop = try #require(outline.loops.first)
        #expect(loop.allSatisfy { (0..<10).contains($0.x) && (1...7).contains($0.y) })
    }
}

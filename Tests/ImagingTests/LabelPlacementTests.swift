import Testing

import Imaging

@Suite struct LabelPlacementTests {
    static let picture = PixelSize(width: 400, height: 300)

    @Test func labelsStayInThePictureWhereverTheMarkIs() {
        var generator = SeededGenerator(seed: 71)
        for _ in 0..<200 {
            let mark = PixelBox(
                x: Int.random(in: -50...450, using: &generator), y: Int.random(in: -50...350, using: &generator),
                width: Int.random(in: 1...200, using: &generator), height: Int.random(in: 1...200, using: &generator))
            var placement = LabelPlacement(avoiding: [mark], in: Self.picture)
            let plate = placement.place(PixelSize(width: 90, height: 20), beside: mark, gap: 3)
            #expect(plate.clamped(to: Self.picture) == plate)
        }
    }

    @Test func aLoneLabelCoversNeitherItsMarkNorIsFarAway() {
        let mark = PixelBox(x: 150, y: 120, width: 60, height: 40)
        var placement = LabelPlacement(avoiding: [mark], in: Self.picture)
        let plate = placement.place(PixelSize(width: 90, height: 20), beside: mark, gap: 3)
        #expect(plate.intersection(mark).area == 0)
        #expect(plate.maxY == mark.y - 3)
    }

    @Test func labelsOfNeighboursKeepOffEachOther() {
        let marks = (0..<5).map { PixelBox(x: 20 + 70 * $0, y: 130, width: 50, height: 40) }
        var placement = LabelPlacement(avoiding: marks, in: Self.picture)
        let plates = marks.map { placement.place(PixelSize(width: 130, height: 20), beside: $0, gap: 3) }
        for (index, plate) in plates.enumerated() {
            for other in plates[..<index] { #expect(plate.intersection(other).area == 0) }
            for mark in marks { #expect(plate.intersection(mark).area == 0) }
        }
    }
}

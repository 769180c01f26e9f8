import Imaging
import Testing

@Suite struct MaskTests {
    static let sizes = [(1, 1), (5, 3), (3, 8), (20, 20), (33, 9)]

    /// Sparse, half full and full masks of odd sizes.
    static func masks() -> [Mask] {
        var masks: [Mask] = []
        for (index, (width, height)) in sizes.enumerated() {
            for share in [0, 0.02, 0.5, 0.95, 1] {
                masks.append(Samples.mask(width, height, share: share, seed: UInt64(index)))
            }
        }
        return masks
    }

    @Test func theBoxIsTightAndThePixelsAreKept() {
        let grid = PixelSize(width: 6, height: 5)
        let mask = Mask(grid: grid) { x, y in (x == 2 && y == 1) || (x == 4 && y == 3) }
        #expect(mask.box == PixelBox(x: 2, y: 1, width: 3, height: 3))
        #expect(mask.area == 2)
        #expect(mask.contains(x: 4, y: 3) && !mask.contains(x: 3, y: 2))
        let empty = Mask(grid: grid) { _, _ in false }
        #expect(empty.area == 0 && empty.box.area == 0)
        #expect(empty == Mask(emptyOn: grid))
    }

    @Test func aBitmapComesBackWhateverValuesMeantSet() {
        var generator = SeededGenerator(seed: 31)
        let bitmap = generator.bytes(11 * 7).map { $0 < 128 ? 0 : $0 }
        let mask = Mask(grid: PixelSize(width: 11, height: 7), bitmap: bitmap)
        #expect(mask.bitmap == bitmap.map { $0 == 0 ? 0 : 1 })
        #expect(mask.area == bitmap.count { $0 != 0 })
    }

    @Test func commonAreaShareUnionAndRestAgreeWithCountingPixels() {
        for (index, (width, height)) in Self.sizes.enumerated() {
            for share in [0.0, 0.1, 0.6, 1] {
                for otherShare in [0.0, 0.1, 0.6] {
                    let first = Samples.mask(width, height, share: share, seed: UInt64(index))
                    let second = Samples.mask(width, height, share: otherShare, seed: UInt64(index + 100))
                    let common = zip(first.bitmap, second.bitmap).count { $0 == 1 && $1 == 1 }
                    let either = zip(first.bitmap, second.bitmap).map { $0 | $1 }
                    let eitherArea = either.count { $0 == 1 }
                    #expect(first.intersectionArea(second) == common)
                    #expect(first.iou(second) == (eitherArea == 0 ? 0 : Double(common) / Double(eitherArea)))
                    #expect(first.union(second) == Mask(grid: first.grid, bitmap: either))
                    let rest = zip(first.bitmap, second.bitmap).map { $0 & ($1 ^ 1) }
                    #expect(first.subtracting(second) == Mask(grid: first.grid, bitmap: rest))
                }
            }
        }
    }

    @Test func aMaskApartSharesNothing() {
        let grid = PixelSize(width: 10, height: 10)
        let left = Mask(grid: grid) { x, y in x < 3 && y < 3 }
        let right = Mask(grid: grid) { x, y in x > 6 && y > 5 }
        #expect(left.intersectionArea(right) == 0)
        #expect(left.union(right).area == left.area + right.area)
    }

    @Test func scalingTakesThePixelUnderEachCentre() {
        for mask in Self.masks() {
            for (width, height) in [(1, 1), (2, 7), (7, 2), (20, 20), (41, 13), (5, 60)] {
                let target = PixelSize(width: width, height: height)
                let slow = Mask(grid: target) { x, y in
                    let sourceX = Int((Double(x) + 0.5) * Double(mask.grid.width) / Double(width))
                    let sourceY = Int((Double(y) + 0.5) * Double(mask.grid.height) / Double(height))
                    return mask.contains(x: sourceX, y: sourceY)
                }
                #expect(mask.scaled(to: target) == slow)
            }
        }
    }

    @Test func areaScalesWithTheGrid() {
        let mask = Mask(grid: PixelSize(width: 100, height: 80)) { x, y in
            (x - 50) * (x - 50) + (y - 40) * (y - 40) < 900
        }
        #expect(mask.scaled(to: PixelSize(width: 400, height: 320)).area == mask.area * 16)
        let half = mask.scaled(to: PixelSize(width: 50, height: 40)).area
        #expect(abs(half * 4 - mask.area) < mask.area / 20)
    }

    @Test func theBoundaryIsEveryPixelWithANeighbourOutside() {
        for mask in Self.masks() {
            let slow = Mask(grid: mask.grid) { x, y in
                mask.contains(x: x, y: y)
                    && !(mask.contains(x: x - 1, y: y) && mask.contains(x: x + 1, y: y)
                        && mask.contains(x: x, y: y - 1) && mask.contains(x: x, y: y + 1))
            }
            #expect(mask.boundary == slow)
        }
    }

    @Test func theCentroidIsTheMeanOfPixelCentres() throws {
        let mask = Samples.mask(33, 9, share: 0.1, seed: 40)
        var sumX = 0.0
        var sumY = 0.0
        for y in 0..<9 {
            for x in 0..<33 where mask.contains(x: x, y: y) {
                sumX += Double(x) + 0.5
                sumY += Double(y) + 0.5
            }
        }
        let centroid = try #require(mask.centroid)
        #expect(abs(centroid.x - sumX / Double(mask.area)) < 1e-9)
        #expect(abs(centroid.y - sumY / Double(mask.area)) < 1e-9)
        #expect(Mask(emptyOn: mask.grid).centroid == nil)
    }
}

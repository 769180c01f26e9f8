import Foundation
import Imaging
import Testing

@Suite struct RunLengthMaskTests {
    /// Column by column, one pixel at a time.
    static func slowCounts(_ mask: Mask) -> [Int] {
        var counts = [0]
        var isSet = false
        for x in 0..<mask.grid.width {
            for y in 0..<mask.grid.height {
                if mask.contains(x: x, y: y) != isSet {
                    isSet.toggle()
                    counts.append(0)
                }
                counts[counts.count - 1] += 1
            }
        }
        return counts
    }

    @Test func runsAgreeWithTheSlowWayAndComeBack() throws {
        for mask in MaskTests.masks() {
            let runs = RunLengthMask(mask)
            #expect(runs.size == [mask.grid.height, mask.grid.width])
            #expect(runs.counts == Self.slowCounts(mask))
            #expect(try Mask(runLength: runs) == mask)
        }
    }

    @Test func columnsThatTouchTopAndBottomAreOneRun() {
        let mask = Mask(grid: PixelSize(width: 4, height: 3)) { x, y in (x == 1 && y == 2) || (x == 2 && y < 2) }
        #expect(RunLengthMask(mask).counts == [5, 3, 4])
    }

    /// An annotation as data sets in COCO's manner hold it.
    @Test func anAnnotationInJSONIsRead() throws {
        let json = #"{"size":[3,5],"counts":[4,2,1,2,6]}"#
        let runs = try JSONDecoder().decode(RunLengthMask.self, from: Data(json.utf8))
        let mask = try Mask(runLength: runs)
        #expect(mask.grid == PixelSize(width: 5, height: 3))
        #expect(mask.box == PixelBox(x: 1, y: 1, width: 2, height: 2))
        #expect(mask.bits == [1, 1, 1, 1])
        #expect(try JSONDecoder().decode(RunLengthMask.self, from: JSONEncoder().encode(runs)) == runs)
    }

    @Test func emptyRunsInTheMiddleAreAllowed() throws {
        let mask = try Mask(runLength: RunLengthMask(size: [2, 2], counts: [1, 1, 0, 1, 1]))
        #expect(mask.bitmap == [0, 1, 1, 0])
    }

    @Test func hostileRunsAreRefused() {
        func error(_ size: [Int], _ counts: [Int]) -> ImagingError? {
            do {
                _ = try Mask(runLength: RunLengthMask(size: size, counts: counts))
                return nil
            } catch {
                return error
            }
        }
        #expect(error([], []) == .runLengthSizeMalformed(numberCount: 0))
        #expect(error([1, 2, 3], [6]) == .runLengthSizeMalformed(numberCount: 3))
        #expect(error([0, 4], []) == .sizeRefused(width: 4, height: 0))
        #expect(error([-2, -2], [4]) == .sizeRefused(width: -2, height: -2))
        #expect(error([Int.max, Int.max], [4]) == .sizeRefused(width: Int.max, height: Int.max))
        #expect(error([2, 2], [1, -1, 4]) == .runLengthNegative(index: 1, value: -1))
        #expect(error([2, 2], []) == .runLengthSumWrong(found: 0, expected: 4))
        #expect(error([2, 2], [3]) == .runLengthSumWrong(found: 3, expected: 4))
        #expect(error([2, 2], [3, 2]) == .runLengthSumWrong(found: 5, expected: 4))
        #expect(error([2, 2], [3, Int.max]) == .runLengthSumWrong(found: Int.max, expected: 4))
    }
}

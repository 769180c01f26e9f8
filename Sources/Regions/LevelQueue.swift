/// Pixels waiting by level: the lowest level first, and first come first served within a level.
///
/// A pixel waits at most once at a time. Unlike the usual hierarchical queue it may go back to a lower level, which a
/// two-step table of occupied levels makes cheap.
package struct LevelQueue: Sendable {
    package static let levelCount = 4096

    private var first = [Int32](repeating: -1, count: levelCount)
    private var last = [Int32](repeating: -1, count: levelCount)
    private var following: [Int32] = []
    private var occupied = [UInt64](repeating: 0, count: levelCount / 64)
    private var occupiedWords: UInt64 = 0

    package init() {}

    /// Makes room for pixels numbered below `pixelCount`; the queue must be empty.
    package mutating func prepare(pixelCount: Int) {
        precondition(occupiedWords == 0)
        following = [Int32](repeating: -1, count: pixelCount)
    }

    package mutating func push(_ pixel: Int, level: Int) {
        following[pixel] = -1
        if first[level] < 0 {
            first[level] = Int32(pixel)
            occupied[level / 64] |= 1 << UInt64(level % 64)
            occupiedWords |= 1 << UInt64(level / 64)
        } else {
            following[Int(last[level])] = Int32(pixel)
        }
        last[level] = Int32(pixel)
    }

    package mutating func pop() -> Int? {
        guard occupiedWords != 0 else { return nil }
        let word = occupiedWords.trailingZeroBitCount
        let level = word * 64 + occupied[word].trailingZeroBitCount
        let pixel = Int(first[level])
        first[level] = following[pixel]
        if first[level] < 0 {
            occupied[word] &= ~(1 << UInt64(level % 64))
            if occupied[word] == 0 { occupiedWords &= ~(1 << UInt64(word)) }
        }
        return pixel
    }
}

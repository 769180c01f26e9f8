/// A run of at most 256 pixels on its way from samples to RGB, kept by pairs: all that is left of one kind of sample
/// lies side by side, so that the compiler makes vector code of each loop.
struct PairBlock {
    /// Pairs of pixels in a full block.
    static let capacity = 128

    /// Seven runs of `capacity` numbers, and the lines of a colour filter. One array with fixed distances, because the
    /// compiler would have to test the runs against each other for overlaps, and gives up.
    var values = [Int16](repeating: 0, count: size)

    // Where the runs begin. The last three hold the pair's six bytes, two a number: red green, blue red, green blue.
    private static let left = 0
    private static let right = capacity
    private static let u = 2 * capacity
    private static let v = 3 * capacity
    static let first = 4 * capacity
    static let second = 5 * capacity
    static let third = 6 * capacity
    static let lines = 7 * capacity
    static let size = lines + lineCount * lineLength

    /// Lines of a colour filter that one line of the picture is made of.
    static let lineCount = 5

    /// The left and the right pixels of the pairs of a line, and of one pair more on either side.
    static let lineLength = 2 * (capacity + 2)

    /// Where the four samples of a pair stand in its four bytes.
    struct Order {
        let left: UInt32
        let right: UInt32
        let u: UInt32
        let v: UInt32

        /// - Parameter format: one with interleaved chroma.
        init(_ format: PixelFormat) {
            switch format {
            case .uyvy: (u, left, v, right) = (0, 8, 16, 24)
            case .yvyu: (left, v, right, u) = (0, 8, 16, 24)
            case .vyuy: (v, left, u, right) = (0, 8, 16, 24)
            default: (left, u, right, v) = (0, 8, 16, 24)
            }
        }
    }

    /// Takes `count` pairs of interleaved samples.
    @inline(__always)
    mutating func readInterleaved(_ source: Span<UInt8>, at start: Int, count: Int, order: Order) {
        precondition(start >= 0 && count <= Self.capacity && start + 4 * count <= source.count)
        let bytes = unsafe source.bytes
        var values = values.mutableSpan
        for pair in 0..<count {
            // unsafe: checked before the loop
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ 4 &* pair, as: UInt32.self)
            unsafe values[unchecked: Self.left &+ pair] = Int16(truncatingIfNeeded: (word &>> order.left) & 0xFF)
            unsafe values[unchecked: Self.right &+ pair] = Int16(truncatingIfNeeded: (word &>> order.right) & 0xFF)
            unsafe values[unchecked: Self.u &+ pair] = Int16(truncatingIfNeeded: (word &>> order.u) & 0xFF)
            unsafe values[unchecked: Self.v &+ pair] = Int16(truncatingIfNeeded: (word &>> order.v) & 0xFF)
        }
    }

    /// Takes the luma of `width` pixels; the pair of a last odd one has it twice.
    mutating func readLuma(_ source: Span<UInt8>, at start: Int, width: Int) {
        readPairs(source, at: start, count: width / 2, into: (Self.left, Self.right))
        guard !width.isMultiple(of: 2) else { return }
        values[Self.left + width / 2] = Int16(source[start + width - 1])
        values[Self.right + width / 2] = Int16(source[start + width - 1])
    }

    /// Takes `count` pairs of chroma.
    mutating func readChromaPairs(_ source: Span<UInt8>, at start: Int, count: Int, isSwapped: Bool) {
        readPairs(source, at: start, count: count, into: isSwapped ? (Self.v, Self.u) : (Self.u, Self.v))
    }

    /// Takes `count` samples of U and of V.
    mutating func readChroma(u: Span<UInt8>, v: Span<UInt8>, at start: Int, count: Int) {
        precondition(start >= 0 && count <= Self.capacity && start + count <= min(u.count, v.count))
        var values = values.mutableSpan
        for pair in 0..<count {
            // unsafe: checked before the loop
            unsafe values[unchecked: Self.u &+ pair] = Int16(u[unchecked: start &+ pair])
        }
        for pair in 0..<count {
            unsafe values[unchecked: Self.v &+ pair] = Int16(v[unchecked: start &+ pair])
        }
    }

    private mutating func readPairs(_ source: Span<UInt8>, at start: Int, count: Int, into runs: (Int, Int)) {
        precondition(start >= 0 && count <= Self.capacity && start + 2 * count <= source.count)
        precondition(max(runs.0, runs.1) <= Self.third)
        let bytes = unsafe source.bytes
        var values = values.mutableSpan
        for pair in 0..<count {
            // unsafe: checked before the loop
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ 2 &* pair, as: UInt16.self)
            unsafe values[unchecked: runs.0 &+ pair] = Int16(truncatingIfNeeded: word & 0xFF)
            unsafe values[unchecked: runs.1 &+ pair] = Int16(truncatingIfNeeded: word &>> 8)
        }
    }

    /// Makes bytes of the samples of `count` pairs.
    mutating func convert(count: Int, by matrix: ColourMatrix) {
        precondition(count <= Self.capacity && values.count == Self.size)
        var values = values.mutableSpan
        for pair in 0..<count {
            // unsafe: checked before the loop
            let left = unsafe matrix.luma.times(values[unchecked: Self.left &+ pair] &- matrix.lumaFloor)
            let right = unsafe matrix.luma.times(values[unchecked: Self.right &+ pair] &- matrix.lumaFloor)
            let u = unsafe values[unchecked: Self.u &+ pair] &- 128
            let v = unsafe values[unchecked: Self.v &+ pair] &- 128
            let red = matrix.redFromV.times(v)
            let green = matrix.greenFromU.times(u) &+ matrix.greenFromV.times(v)
            let blue = matrix.blueFromU.times(u)
            unsafe values[unchecked: Self.first &+ pair] = Self.bytes(left &+ red, left &+ green)
            unsafe values[unchecked: Self.second &+ pair] = Self.bytes(left &+ blue, right &+ red)
            unsafe values[unchecked: Self.third &+ pair] = Self.bytes(right &+ green, right &+ blue)
        }
    }

    /// The bytes nearest to two numbers that were multiplied by 32.
    @inline(__always)
    private static func bytes(_ low: Int16, _ high: Int16) -> Int16 {
        let low = max(0, min(255, (low &+ 16) &>> 5))
        let high = max(0, min(255, (high &+ 16) &>> 5))
        return low | high &<< 8
    }

    /// Writes `width` pixels to `target` from `start` on.
    func write(_ width: Int, to target: inout MutableSpan<UInt8>, at start: Int) {
        precondition(start >= 0 && width <= 2 * Self.capacity && start + 3 * width <= target.count)
        precondition(values.count == Self.size)
        let values = values.span
        var bytes = unsafe target.mutableBytes
        for pair in 0..<width / 2 {
            // unsafe: checked before the loop
            let first = unsafe UInt32(UInt16(bitPattern: values[unchecked: Self.first &+ pair]))
            let second = unsafe UInt32(UInt16(bitPattern: values[unchecked: Self.second &+ pair]))
            let third = unsafe UInt16(bitPattern: values[unchecked: Self.third &+ pair])
            let place = start &+ 6 &* pair
            unsafe bytes.storeBytes(of: first | second &<< 16, toUncheckedByteOffset: place, as: UInt32.self)
            unsafe bytes.storeBytes(of: third, toUncheckedByteOffset: place &+ 4, as: UInt16.self)
        }
        guard !width.isMultiple(of: 2) else { return }
        let place = start + 3 * (width - 1)
        target[place] = UInt8(truncatingIfNeeded: values[Self.first + width / 2])
        target[place + 1] = UInt8(truncatingIfNeeded: values[Self.first + width / 2] >> 8)
        target[place + 2] = UInt8(truncatingIfNeeded: values[Self.second + width / 2])
    }
}

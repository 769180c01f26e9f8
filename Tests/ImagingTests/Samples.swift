import Imaging

/// SplitMix64: the same numbers from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}

/// Pictures made in code.
enum Samples {
    static func noise(_ width: Int, _ height: Int, seed: UInt64) -> Image {
        var generator = SeededGenerator(seed: seed)
        return Image(width: width, height: height, pixels: generator.bytes(width * height * 3))
    }

    /// Soft colours, which JPEG keeps well.
    static func gradient(_ width: Int, _ height: Int) -> Image {
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                pixels += [
                    UInt8(255 * x / width), UInt8(255 * y / height), UInt8(128 + 60 * (x + y) / (width + height)),
                ]
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    static func flat(_ width: Int, _ height: Int, _ colour: [UInt8]) -> Image {
        Image(width: width, height: height, pixels: (0..<width * height).flatMap { _ in colour })
    }

    static func mask(_ width: Int, _ height: Int, share: Double, seed: UInt64) -> Mask {
        var generator = SeededGenerator(seed: seed)
        let bits = (0..<width * height).map { _ in Double.random(in: 0..<1, using: &generator) < share ? UInt8(1) : 0 }
        return Mask(grid: PixelSize(width: width, height: height), bitmap: bits)
    }
}

/// A frame's bytes decoded by the code under test.
func decoded(
    _ bytes: [UInt8], _ layout: ImageLayout, encoding: ColourEncoding? = nil, orientation: Orientation = .upright
) throws(ImagingError) -> Image {
    try unsafe bytes.span.withUnsafeBytes { (bytes) throws(ImagingError) -> Image in
        try unsafe Image(decoding: bytes, layout: layout, encoding: encoding, orientation: orientation)
    }
}

/// The largest difference between two pictures' values.
func largestDifference(_ first: Image, _ second: Image) -> Int {
    zip(first.pixels, second.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

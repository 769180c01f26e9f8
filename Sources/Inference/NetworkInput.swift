package import Imaging

/// How a network takes its picture: one tensor 1 × 3 × height × width of `(value / 255 − mean) / deviation`.
package struct NetworkInput: Codable, Equatable, Sendable {
    /// How a picture's shape is turned into the network's.
    package enum Fit: String, Codable, Sendable {
        /// Both sides are rounded to `multipleOf` on their own, the ratio nearly kept.
        case aspect

        /// The network sees a square, whatever the picture's shape.
        case squash

        /// The picture as with `aspect`, at the top left of a square; the rest of the square is `padding`.
        case letterbox
    }

    package let name: String

    /// `RGB`.
    package let channelOrder: String

    /// `NCHW`.
    package let layout: String
    package let fit: Fit

    /// The lengths of the longer side that the network may be run at, and the one it is run at unless told otherwise.
    package let longSides: [Int]
    package let defaultLongSide: Int
    package let multipleOf: Int

    /// Three values, of pixels from 0 to 1.
    package let mean: [Float]
    package let deviation: [Float]

    /// The colour beside a letterboxed picture, from 0 to 1; nil for `mean`.
    package let padding: [Float]?

    package init(
        name: String, fit: Fit, longSides: [Int], defaultLongSide: Int, multipleOf: Int, mean: [Float],
        deviation: [Float], padding: [Float]? = nil
    ) {
        self.name = name
        channelOrder = "RGB"
        layout = "NCHW"
        self.fit = fit
        self.longSides = longSides
        self.defaultLongSide = defaultLongSide
        self.multipleOf = multipleOf
        self.mean = mean
        self.deviation = deviation
        self.padding = padding
    }

    /// The size of the network's input for pictures of `size`.
    ///
    /// - Precondition: `size` is not empty.
    package func size(for size: PixelSize, longSide: Int) -> PixelSize {
        switch fit {
        case .aspect: pictureSize(for: size, longSide: longSide)
        case .squash, .letterbox: PixelSize(width: longSide, height: longSide)
        }
    }

    /// The part of the input, from its top left, that a picture of `size` covers: all of it unless letterboxed.
    ///
    /// Both sides are multiples of `multipleOf` and so of each output's stride: no cell of an output is half padding.
    ///
    /// - Precondition: `size` is not empty.
    package func pictureSize(for size: PixelSize, longSide: Int) -> PixelSize {
        precondition(size.width > 0 && size.height > 0)
        if fit == .squash { return PixelSize(width: longSide, height: longSide) }
        let ratio = Double(longSide) / Double(max(size.width, size.height))
        func rounded(_ side: Int) -> Int {
            max(1, Int((Double(side) * ratio / Double(multipleOf)).rounded())) * multipleOf
        }
        return PixelSize(width: rounded(size.width), height: rounded(size.height))
    }

    var problem: String? {
        if let problem = ModelManifest.nameProblem(name, what: "name") { return problem }
        if channelOrder != "RGB" { return "channelOrder '\(channelOrder.printable)' is not RGB" }
        if layout != "NCHW" { return "layout '\(layout.printable)' is not NCHW" }
        guard (1...256).contains(multipleOf) else { return "multipleOf \(multipleOf) is not 1 to 256" }
        guard (1...16).contains(longSides.count),
            longSides.allSatisfy({ (32...2048).contains($0) && $0 % multipleOf == 0 })
        else { return "longSides are not 1 to 16 multiples of \(multipleOf) from 32 to 2048" }
        if !longSides.contains(defaultLongSide) { return "defaultLongSide \(defaultLongSide) is not one of longSides" }
        guard mean.count == 3, deviation.count == 3, mean.allSatisfy({ abs($0) <= 1000 }),
            deviation.allSatisfy({ (1e-3...1000).contains($0) })
        else { return "mean and deviation are not three usable numbers each" }
        if let padding {
            guard fit == .letterbox else { return "padding is for letterbox only" }
            guard padding.count == 3, padding.allSatisfy({ (0...1).contains($0) }) else {
                return "padding is not three numbers from 0 to 1"
            }
        }
        return nil
    }
}

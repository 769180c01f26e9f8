internal import Imaging
internal import Inference
internal import LinearAlgebra
internal import SupportSets

/// How far a region of the picture stands out from what lies around it, in a frame and in the good images.
///
/// A thing stands out from its ground. Where a region as large as a part stands out far more than in the good images,
/// something has come; where far less, something is gone.
struct SurfaceContrast {
    enum Change {
        case come
        case gone
    }

    let frame: Float

    /// The mean over the good images.
    let good: Float

    /// What stands out so many times as much as before was not there, or is not there now.
    private static let factor: Float = 2.5

    /// Nil where the region stands out about as much as ever.
    var change: Change? {
        if frame > Self.factor * good { return .come }
        return good > Self.factor * frame ? .gone : nil
    }

    /// So many cells around a region are taken for its ground.
    private static let rim = 2

    /// Nil without such cells, and where the bank is of another grid.
    ///
    /// - Parameters:
    ///   - mask: of the region, on a grid that the features' refines.
    ///   - bank: of images in which each thing has its place.
    init?(of mask: Mask, features: FeatureGrid, bank: StructuralBank) {
        guard bank.gridHeight == features.height, bank.gridWidth == features.width,
            bank.channelCount == features.channelCount
        else { return nil }
        let grid = mask.grid
        let around = PixelBox(
            x: mask.box.x - Self.rim, y: mask.box.y - Self.rim, width: mask.box.width + 2 * Self.rim,
            height: mask.box.height + 2 * Self.rim
        ).clamped(to: grid)
        var inside: [Int] = []
        var outside: [Int] = []
        for y in around.y..<around.maxY {
            for x in around.x..<around.maxX {
                let cell = y * features.height / grid.height * features.width + x * features.width / grid.width
                if mask.contains(x: x, y: y) { inside.append(cell) } else { outside.append(cell) }
            }
        }
        guard !inside.isEmpty, !outside.isEmpty else { return nil }
        let channels = features.channelCount
        let cellCount = features.cellCount
        frame = unsafe features.values.withUnsafeBufferPointer { values in
            unsafe Self.distance(inside, outside, values, channels)
        }
        good = unsafe bank.rows.withElements { rows in
            (0..<bank.imageCount).reduce(0) { sum, image in
                let first = image * cellCount * channels
                return unsafe sum
                    + Self.distance(
                        inside, outside,
                        UnsafeBufferPointer(rebasing: rows[first..<first + cellCount * channels]), channels)
            } / Float(bank.imageCount)
        }
    }

    /// The cosine distance between the means of two sets of cells.
    private static func distance(
        _ first: [Int], _ second: [Int], _ values: UnsafeBufferPointer<Float>, _ channels: Int
    ) -> Float {
        func mean(_ cells: [Int]) -> [Float] {
            var mean = [Float](repeating: 0, count: channels)
            for cell in cells {
                for channel in 0..<channels { unsafe mean[channel] += values[cell * channels + channel] }
            }
            return mean
        }
        let (one, other) = (mean(first), mean(second))
        func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        return 1 - product(one, other) / max((product(one, one) * product(other, other)).squareRoot(), 1e-12)
    }
}

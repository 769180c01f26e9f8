package import Imaging

/// One format of a camera with a size, or a range of sizes, and its rates.
package struct CameraMode: Equatable, Sendable {
    package let fourCC: FourCC
    package let smallest: PixelSize

    /// Equal to `smallest` for a single size.
    package let largest: PixelSize

    /// Between two sizes of a range.
    package let step: PixelSize

    /// Frames a second at the largest size, highest first; of a range its ends; empty when the driver does not say.
    package let rates: [Double]

    /// False when the driver lists no sizes and this is the one that is set: then any size may be asked for.
    package let isListed: Bool

    package init(
        fourCC: FourCC, smallest: PixelSize, largest: PixelSize, step: PixelSize = PixelSize(width: 1, height: 1),
        rates: [Double], isListed: Bool = true
    ) {
        self.fourCC = fourCC
        self.smallest = smallest
        self.largest = largest
        self.step = step
        self.rates = rates
        self.isListed = isListed
    }

    package var isSingleSize: Bool { smallest == largest }

    /// The form that settings use: `yuyv 640×480 at 30, 15`.
    package var wording: String {
        let name = fourCC.format?.rawValue ?? fourCC.description
        let size =
            isSingleSize
            ? "\(largest.width)×\(largest.height)"
            : "\(smallest.width)×\(smallest.height) to \(largest.width)×\(largest.height)"
        let rates = rates.map { $0.formattedRate }.joined(separator: ", ")
        return rates.isEmpty ? "\(name) \(size)" : "\(name) \(size) at \(rates)"
    }

    /// Whether the size may be asked for.
    package func has(_ size: PixelSize) -> Bool {
        !isListed
            || isOnStep(size.width, smallest.width, largest.width, step.width)
                && isOnStep(size.height, smallest.height, largest.height, step.height)
    }

    private func isOnStep(_ value: Int, _ low: Int, _ high: Int, _ step: Int) -> Bool {
        value >= low && value <= high && (value - low) % max(1, step) == 0
    }
}

extension Double {
    /// Frames a second without needless decimals: `30`, `7.5`, `29.97`.
    package var formattedRate: String {
        guard isFinite, abs(self) < 1e9 else { return "?" }
        let hundredths = Int((self * 100).rounded())
        let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
        if part == 0 { return "\(whole)" }
        return part % 10 == 0 ? "\(whole).\(part / 10)" : "\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}

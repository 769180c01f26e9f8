package import Imaging

/// The format, size and rate to ask a camera for.
package struct ModeChoice: Equatable, Sendable {
    package let fourCC: FourCC
    package let size: PixelSize

    /// Frames a second; nil leaves it to the driver.
    package let rate: Double?

    /// Sizes above this are taken only when asked for: they cost time and no model sees them.
    private static let mostUnasked = PixelSize(width: 1920, height: 1080)

    /// Below this a camera is too slow to choose without being asked.
    private static let leastUnaskedRate = 10.0

    /// The rate to run at when none is asked for.
    private static let usualRate = 30.0

    /// The best of `modes` that has the format and size asked for; nil when none has.
    ///
    /// In this order: fast enough, largest (up to full HD when no size is asked for), colour before grey, what we decode
    /// before what libv4lconvert does, plain pixels before compressed ones, fastest, then the driver's own order.
    package init?(from modes: [CameraMode], for request: CameraRequest) {
        let wantedRate = request.rate ?? Self.leastUnaskedRate
        var best: (choice: ModeChoice, rank: [Double])?
        for mode in modes {
            guard let format = mode.fourCC.format, request.format == nil || request.format == format,
                let size = Self.size(of: mode, asked: request.size)
            else { continue }
            let fastest = mode.rates.first ?? wantedRate
            let isUnaskedHuge =
                request.size == nil
                && (size.width > Self.mostUnasked.width || size.height > Self.mostUnasked.height)
            // 29.97 is fast enough for 30
            let rank: [Double] = [
                fastest >= wantedRate * 0.99 ? 1 : 0, Double(size.pixelCount) * (isUnaskedHuge ? -1 : 1),
                format.isGrey ? 0 : 1, format.isForeign ? 0 : 1, format.isCompressed ? 0 : 1, fastest,
            ]
            if let best, !best.rank.lexicographicallyPrecedes(rank) { continue }
            best = (
                ModeChoice(fourCC: mode.fourCC, size: size, rate: Self.rate(of: mode, asked: request.rate)), rank
            )
        }
        guard let best else { return nil }
        self = best.choice
    }

    package init(fourCC: FourCC, size: PixelSize, rate: Double?) {
        self.fourCC = fourCC
        self.size = size
        self.rate = rate
    }

    private static func size(of mode: CameraMode, asked: PixelSize?) -> PixelSize? {
        if let asked { return mode.has(asked) ? asked : nil }
        guard !mode.isSingleSize else { return mode.largest }
        func side(_ low: Int, _ high: Int, _ step: Int, _ most: Int) -> Int {
            let limit = min(high, max(low, most))
            return low + (limit - low) / max(1, step) * max(1, step)
        }
        return PixelSize(
            width: side(mode.smallest.width, mode.largest.width, mode.step.width, mostUnasked.width),
            height: side(mode.smallest.height, mode.largest.height, mode.step.height, mostUnasked.height))
    }

    private static func rate(of mode: CameraMode, asked: Double?) -> Double? {
        if let asked { return asked }
        // A little above counts: some drivers say 30.00003.
        return mode.rates.first { $0 <= usualRate * 1.01 } ?? mode.rates.last
    }
}

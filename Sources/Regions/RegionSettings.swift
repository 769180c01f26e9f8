/// How part maps are cut into regions.
///
/// The standard values were chosen on drawn pictures, but for the levels above 0.75, which the development pictures
/// called for.
package struct RegionSettings: Equatable, Sendable {
    /// A pixel whose object probability lies above this may belong to a region.
    package var objectThreshold: Float = 0.5

    /// How far a sure boundary lowers the seed map: its value there is multiplied by one minus this.
    package var boundaryPenalty: Float = 0.45

    /// Standard deviation of the Gaussian that smooths the seed map, in map pixels.
    package var seedBlur: Float = 0.7

    /// The levels at which the seed map is cut, ascending, in 0...1, at most 255.
    ///
    /// They lie closer at the top because large objects that stand side by side part only there at fine scales.
    package var levels: [Float] = [0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.8, 0.85, 0.9]

    /// How far a branch must rise above the level where it parts from its neighbour to become a seed of its own.
    package var minimumPeak: Float = 0.06

    /// The fewest pixels of a component at the lowest level, and of a branch above it.
    package var minimumSeedArea = 4
    package var minimumBranchArea = 3

    /// A hole becomes object when the mean boundary probability round it lies below this.
    package var holeBoundaryLimit: Float = 0.35

    /// Holes larger than this fraction of the grid stay holes.
    package var largestHoleFraction = 0.04

    /// Regions smaller than this fraction of the grid are left out of selections: 10 pixels of 160×160.
    package var minimumAreaFraction = 10.0 / 25_600.0

    /// The most leaves of a hierarchy; of more seeds only the largest are kept.
    package var maximumLeafCount = 2000

    package static let standard = RegionSettings()

    package init() {}

    /// The fewest pixels of a selected region on a grid of `pixelCount` pixels.
    package func minimumArea(of pixelCount: Int) -> Int {
        max(1, Int((minimumAreaFraction * Double(pixelCount)).rounded()))
    }
}

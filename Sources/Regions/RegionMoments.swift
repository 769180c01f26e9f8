internal import RealModule

/// How the pixel centres of a region scatter about their centroid, in square pixels.
package struct RegionMoments: Equatable, Sendable {
    package let xx: Double
    package let yy: Double
    package let xy: Double

    /// Standard deviations along the principal axes, the longer first, in pixels.
    package var axes: (major: Double, minor: Double) {
        let mean = (xx + yy) / 2
        let half = Double.hypot((xx - yy) / 2, xy)
        return (max(0, mean + half).squareRoot(), max(0, mean - half).squareRoot())
    }

    /// The direction of the longer axis from the x axis towards the y axis, in -π/2...π/2 radians.
    package var angle: Double {
        Double.atan2(y: 2 * xy, x: xx - yy) / 2
    }
}

/// How a picture is turned before anything looks at it: first clockwise, then mirrored.
package struct Orientation: Equatable, Hashable, Sendable {
    /// Clockwise, in degrees.
    package enum Rotation: Int, Equatable, Hashable, Sendable, CaseIterable {
        case none = 0
        case right = 90
        case half = 180
        case left = 270
    }

    package enum Flip: String, Equatable, Hashable, Sendable, CaseIterable {
        case none

        /// Left and right change places.
        case horizontal

        /// Top and bottom change places.
        case vertical
    }

    package var rotation: Rotation
    package var flip: Flip

    package init(rotation: Rotation = .none, flip: Flip = .none) {
        self.rotation = rotation
        self.flip = flip
    }

    package static let upright = Orientation()

    /// Width and height change places.
    package var isSideways: Bool { rotation == .right || rotation == .left }

    /// The size of a picture of `size` after turning.
    package func size(of size: PixelSize) -> PixelSize {
        isSideways ? PixelSize(width: size.height, height: size.width) : size
    }
}

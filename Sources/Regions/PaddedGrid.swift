package import Imaging

/// A pixel grid with a frame of one extra pixel on every side, so that neighbours need no bounds of their own.
package struct PaddedGrid: Equatable, Sendable {
    package let size: PixelSize

    package init(_ size: PixelSize) {
        self.size = size
    }

    package var stride: Int { size.width + 2 }
    package var count: Int { stride * (size.height + 2) }

    /// The index of pixel (`x`, `y`) of the grid proper.
    package func index(x: Int, y: Int) -> Int {
        (y + 1) * stride + x + 1
    }

    /// The steps to the four neighbours, in the order up, left, right, down.
    var fourNeighbours: [4 of Int] { [-stride, -1, 1, stride] }

    /// The steps to the eight neighbours, row by row.
    var eightNeighbours: [8 of Int] {
        [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1]
    }
}

internal import Imaging

/// The cells of an output plane that the picture covers: its top left, or all of it.
///
/// They are read as runs of neighbours in memory. Where the picture covers whole rows there is one run.
struct CoveredCells {
    /// What the picture covers.
    let size: PixelSize

    /// The whole plane.
    let plane: PixelSize
    let runCount: Int
    let runLength: Int

    init(size: PixelSize, of plane: PixelSize) {
        precondition(size.width <= plane.width && size.height <= plane.height)
        self.size = size
        self.plane = plane
        let isWhole = size.width == plane.width
        runCount = isWhole ? 1 : size.height
        runLength = isWhole ? size.pixelCount : size.width
    }

    /// Where a run begins in the plane; among the covered cells it begins at `run * runLength`.
    func start(of run: Int) -> Int { run &* plane.width }
}

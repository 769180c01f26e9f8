package import Imaging

/// The buffers out of which a hierarchy is built, kept from one image to the next.
///
/// Every stage reads what the stages before it left here, in this order: `drawSeedMap`, `drawObjectMask`,
/// `growSeeds`, `flood`, `nameThinRegions`, `findBorders`. All maps are on the padded grid.
package struct RegionWorkspace: Sendable {
    package private(set) var grid = PaddedGrid(PixelSize(width: 0, height: 0))

    /// High in the middle of an object, low at its border.
    package internal(set) var seedMap: [Float] = []

    /// 1 where a region may lie, else 0.
    package internal(set) var inside: [UInt8] = []

    /// The seed or region of each pixel, from 1; 0 where there is none.
    package internal(set) var labels: [Int32] = []

    /// How many seeds, and so regions, there are.
    package internal(set) var labelCount = 0

    /// How many seeds were dropped because there were too many.
    package internal(set) var droppedSeedCount = 0

    /// Where two regions touch, weakest border first.
    package internal(set) var borders: [RegionBorder] = []

    var rows: [Float] = []
    var line: [Float] = []
    var bands: [UInt8] = []
    var order: [Int32] = []
    var owners: [Int32] = []
    var levelNodes: [LevelNode] = []
    var queue = LevelQueue()
    var borderSlots: [Int32] = []

    package init() {}

    /// Makes every buffer fit a grid of this size; allocates only when the size changes.
    package mutating func prepare(for size: PixelSize) {
        precondition(size.width > 0 && size.height > 0 && size.width < 1 << 15 && size.height < 1 << 15)
        guard size != grid.size else { return }
        grid = PaddedGrid(size)
        seedMap = [Float](repeating: 0, count: grid.count)
        inside = [UInt8](repeating: 0, count: grid.count)
        labels = [Int32](repeating: 0, count: grid.count)
        rows = [Float](repeating: 0, count: size.pixelCount)
        bands = [UInt8](repeating: 0, count: grid.count)
        order = [Int32](repeating: 0, count: grid.count)
        owners = [Int32](repeating: -1, count: grid.count)
        queue.prepare(pixelCount: grid.count)
    }
}

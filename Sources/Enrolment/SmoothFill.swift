/// A grid of colours of which some are known: the others become a smooth continuation of these.
struct SmoothFill {
    private let width: Int
    private let height: Int

    /// Three channels, and in the last lane how much is known.
    private var cells: [SIMD4<Float>]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        cells = [SIMD4<Float>](repeating: .zero, count: width * height)
    }

    mutating func set(_ x: Int, _ y: Int, _ colour: SIMD4<Float>) {
        var cell = colour
        cell.w = 1
        cells[y * width + x] = cell
    }

    func value(_ x: Int, _ y: Int) -> SIMD4<Float> {
        var cell = cells[y * width + x]
        cell.w = 0
        return cell
    }

    /// Means of known cells on ever coarser grids, then back: a cell that is not known takes what the coarser grid says
    /// between its cells.
    mutating func fill() {
        guard width > 1 || height > 1 else { return }
        var coarse = SmoothFill(width: (width + 1) / 2, height: (height + 1) / 2)
        for y in 0..<coarse.height {
            for x in 0..<coarse.width {
                var sum = SIMD4<Float>.zero
                for row in 2 * y..<min(2 * y + 2, height) {
                    for column in 2 * x..<min(2 * x + 2, width) where cells[row * width + column].w > 0 {
                        sum += cells[row * width + column]
                    }
                }
                if sum.w > 0 { coarse.set(x, y, sum / sum.w) }
            }
        }
        coarse.fill()
        for y in 0..<height {
            for x in 0..<width where cells[y * width + x].w == 0 { set(x, y, coarse.between(x, y)) }
        }
    }

    /// The value at a cell of the grid twice as fine.
    private func between(_ x: Int, _ y: Int) -> SIMD4<Float> {
        let placeX = min(max((Float(x) - 0.5) / 2, 0), Float(width - 1))
        let placeY = min(max((Float(y) - 0.5) / 2, 0), Float(height - 1))
        let (left, top) = (Int(placeX), Int(placeY))
        let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
        let (alongX, alongY) = (placeX - Float(left), placeY - Float(top))
        let upper = cells[top * width + left] * (1 - alongX) + cells[top * width + right] * alongX
        let lower = cells[bottom * width + left] * (1 - alongX) + cells[bottom * width + right] * alongX
        return upper * (1 - alongY) + lower * alongY
    }
}

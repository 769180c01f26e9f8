internal import RealModule

/// The memory of an assignment solver and the vector loops over it.
///
/// Costs are kept as doubles in rows padded to whole vectors. A padding column has the price −∞, so its reduced cost
/// is +∞ and no loop needs a tail or a mask; a column already scanned is hidden in the same way.
@safe struct AssignmentWorkspace: ~Copyable {
    typealias Lanes = SIMD8<Double>

    private(set) var rowCount = 0
    private(set) var columnCount = 0

    /// Doubles from one row to the next.
    private var stride = 0
    private var capacity = 0

    // One allocation holds the costs, the prices, the distances and the block minima, in this order.
    private var memory: UnsafeMutableRawPointer
    private var costs: UnsafeMutablePointer<Double>
    private var prices: UnsafeMutablePointer<Double>
    private var distances: UnsafeMutablePointer<Double>
    private var blockMinima: UnsafeMutablePointer<Double>

    /// Columns in a block, the unit in which a minimum is looked for again.
    private static let blockSize = 64

    init() {
        unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
        unsafe costs = memory.assumingMemoryBound(to: Double.self)
        unsafe prices = costs
        unsafe distances = costs
        unsafe blockMinima = costs
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Makes room for a problem with all prices alike; a row's costs are undefined until it was loaded.
    mutating func reset(rowCount: Int, columnCount: Int, price: Double) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        let lanes = Lanes.scalarCount
        stride = (columnCount + lanes - 1) / lanes * lanes
        // Rows a whole number of pages apart would share few cache sets when a path is traced down a column.
        if stride % 256 == 0 { stride += 2 * lanes }
        let blockCount = (stride + Self.blockSize - 1) / Self.blockSize
        let needed = (rowCount + 2) * stride + blockCount * lanes
        if needed > capacity {
            unsafe memory.deallocate()
            unsafe memory = UnsafeMutableRawPointer.allocate(
                byteCount: needed * MemoryLayout<Double>.stride, alignment: 64)
            capacity = needed
        }
        unsafe costs = memory.bindMemory(to: Double.self, capacity: capacity)
        unsafe prices = costs + rowCount * stride
        unsafe distances = prices + stride
        unsafe blockMinima = distances + stride
        unsafe prices.update(repeating: price, count: columnCount)
        unsafe (prices + columnCount).update(repeating: -.infinity, count: stride - columnCount)
    }

    func cost(row: Int, column: Int) -> Double {
        unsafe costs[row * stride + column]
    }

    /// The dual price of a column, never above zero unless column reduction raised it.
    subscript(price column: Int) -> Double {
        get { unsafe prices[column] }
        set { unsafe prices[column] = newValue }
    }

    func reducedCost(row: Int, column: Int) -> Double {
        unsafe costs[row * stride + column] - prices[column]
    }

    /// Fills one row and says whether all its costs are finite.
    @inline(__always)
    mutating func load(row: Int, _ cost: (_ column: Int) -> Double) -> Bool {
        let target = unsafe costs + row * stride
        var notANumber = 0.0
        for column in 0..<columnCount {
            let value = cost(column)
            notANumber = Relaxed.multiplyAdd(value, 0, notANumber)
            unsafe target[column] = value
        }
        unsafe (target + columnCount).update(repeating: 0, count: stride - columnCount)
        return notANumber == 0
    }

    /// Lowers each price to the row's cost where that is smaller.
    mutating func lowerPrices(toRow row: Int) {
        let rowCosts = unsafe costs + row * stride
        var column = 0
        while column < stride {
            unsafe store(lesser(lanes(rowCosts, column), lanes(prices, column)), prices, column)
            column += Lanes.scalarCount
        }
    }

    /// The columns from `start` on whose price equals their cost in a row: the first of them, or nil.
    func firstTightColumn(row: Int, from start: Int) -> Int? {
        let rowCosts = unsafe costs + row * stride
        var column = start
        while column < columnCount, column % Lanes.scalarCount != 0 {
            if unsafe rowCosts[column] == prices[column] { return column }
            column += 1
        }
        while column < columnCount {
            let equal = unsafe lanes(rowCosts, column) .== lanes(prices, column)
            if any(equal) {
                for lane in 0..<Lanes.scalarCount where equal[lane] { return column + lane }
            }
            column += Lanes.scalarCount
        }
        return nil
    }

    /// The smallest and the second smallest reduced cost of a row, equal where two columns share the smallest.
    func twoSmallest(row: Int) -> (smallest: Double, second: Double) {
        let rowCosts = unsafe costs + row * stride
        var first = Lanes(repeating: .infinity)
        var second = first
        var column = 0
        while column < stride {
            let reduced = unsafe lanes(rowCosts, column) - lanes(prices, column)
            second = lesser(second, greater(first, reduced))
            first = lesser(first, reduced)
            column += Lanes.scalarCount
        }
        var smallest = Double.infinity
        var next = Double.infinity
        for lane in 0..<Lanes.scalarCount {
            next = Swift.min(next, Swift.max(smallest, first[lane]), second[lane])
            smallest = Swift.min(smallest, first[lane])
        }
        return (smallest, next)
    }

    /// The first column from `start` on with exactly this reduced cost.
    func firstColumn(row: Int, reducedCost: Double, from start: Int) -> Int? {
        let rowCosts = unsafe costs + row * stride
        var column = start
        while column < stride, column % Lanes.scalarCount != 0 {
            if unsafe rowCosts[column] - prices[column] == reducedCost { return column }
            column += 1
        }
        let wanted = Lanes(repeating: reducedCost)
        while column < stride {
            let equal = unsafe (lanes(rowCosts, column) - lanes(prices, column)) .== wanted
            if any(equal) {
                for lane in 0..<Lanes.scalarCount where equal[lane] { return column + lane }
            }
            column += Lanes.scalarCount
        }
        return nil
    }

    /// Starts the search of a shortest path at a row; returns the smallest distance.
    mutating func startDistances(row: Int) -> Double {
        unsafe distances.update(repeating: .infinity, count: stride)
        return relax(row: row, offset: 0)
    }

    /// Shortens distances by way of a row; returns the smallest distance of a column still open.
    ///
    /// - Parameter offset: reduced cost of the row's own column less the distance to it.
    mutating func relax(row: Int, offset: Double) -> Double {
        let rowCosts = unsafe costs + row * stride
        let offsets = Lanes(repeating: offset)
        var minimum = Lanes(repeating: .infinity)
        var block = 0
        var column = 0
        while column < stride {
            let end = Swift.min(column + Self.blockSize, stride)
            var blockMinimum = Lanes(repeating: .infinity)
            while column < end {
                let candidate = unsafe (lanes(rowCosts, column) - lanes(prices, column)) - offsets
                let shortest = unsafe lesser(lanes(distances, column), candidate)
                unsafe store(shortest, distances, column)
                blockMinimum = lesser(blockMinimum, shortest)
                column += Lanes.scalarCount
            }
            unsafe store(blockMinimum, blockMinima, block)
            block += Lanes.scalarCount
            minimum = lesser(minimum, blockMinimum)
        }
        let halves = minimum.lowHalf.replacing(with: minimum.highHalf, where: minimum.highHalf .< minimum.lowHalf)
        let quarters = halves.lowHalf.replacing(with: halves.highHalf, where: halves.highHalf .< halves.lowHalf)
        return Swift.min(quarters[0], quarters[1])
    }

    /// The first column with exactly this distance, which `relax` has just returned.
    func firstColumn(distance: Double) -> Int {
        let wanted = Lanes(repeating: distance)
        var block = 0
        while unsafe !any(lanes(blockMinima, block) .== wanted) { block += Lanes.scalarCount }
        var column = block / Lanes.scalarCount * Self.blockSize
        while true {
            let equal = unsafe lanes(distances, column) .== wanted
            if any(equal) {
                for lane in 0..<Lanes.scalarCount where equal[lane] { return column + lane }
            }
            column += Lanes.scalarCount
        }
    }

    func distance(column: Int) -> Double {
        unsafe distances[column]
    }

    /// Takes a column out of the search: no path gets shorter by way of it and no minimum finds it.
    mutating func hide(column: Int) {
        unsafe distances[column] = .infinity
        unsafe prices[column] = -.infinity
    }

    // The vectors below start at multiples of the lane count, inside the padded row.

    @inline(__always)
    private func lanes(_ base: UnsafeMutablePointer<Double>, _ column: Int) -> Lanes {
        unsafe UnsafeRawPointer(base + column).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    private func store(_ value: Lanes, _ base: UnsafeMutablePointer<Double>, _ column: Int) {
        unsafe UnsafeMutableRawPointer(base + column).storeBytes(of: value, as: Lanes.self)
    }

    @inline(__always)
    private func lesser(_ a: Lanes, _ b: Lanes) -> Lanes { b.replacing(with: a, where: a .< b) }

    @inline(__always)
    private func greater(_ a: Lanes, _ b: Lanes) -> Lanes { b.replacing(with: a, where: a .> b) }
}

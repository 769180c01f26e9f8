internal import RealModule

/// Distances between every row of one small matrix and every row of another.
package enum PairwiseDistances {
    /// `‖aᵢ − bⱼ‖₂`, one row a row of `a`, one column a row of `b`.
    package static func euclidean(_ a: Matrix, _ b: Matrix) -> Matrix {
        unsafe rows(of: a, against: b) { a, b in
            var sum: Float = 0
            for index in a.indices {
                let difference = unsafe a[index] - b[index]
                sum = Relaxed.multiplyAdd(difference, difference, sum)
            }
            return sum.squareRoot()
        }
    }

    /// `1 − aᵢ·bⱼ / (‖aᵢ‖ ‖bⱼ‖)`; 1 where one of the two rows is zero, 0 where both are.
    package static func cosine(_ a: Matrix, _ b: Matrix) -> Matrix {
        let aNorms = a.rowNorms()
        let bNorms = b.rowNorms()
        var distances = unsafe rows(of: a, against: b) { a, b in
            var sum: Float = 0
            for index in a.indices { sum = unsafe Relaxed.multiplyAdd(a[index], b[index], sum) }
            return sum
        }
        for (row, aNorm) in aNorms.enumerated() {
            for (column, bNorm) in bNorms.enumerated() {
                if aNorm > 0, bNorm > 0 {
                    // Two divisions: the product of two tiny lengths could be zero.
                    distances[row, column] = max(0, 1 - distances[row, column] / aNorm / bNorm)
                } else {
                    distances[row, column] = aNorm == bNorm ? 0 : 1
                }
            }
        }
        return distances
    }

    @inline(__always)
    private static func rows(
        of a: Matrix, against b: Matrix,
        _ compare: (UnsafeBufferPointer<Float>, UnsafeBufferPointer<Float>) -> Float
    ) -> Matrix {
        precondition(a.columnCount == b.columnCount)
        let width = a.columnCount
        var result = Matrix(repeating: 0, rowCount: a.rowCount, columnCount: b.rowCount)
        unsafe a.elements.withUnsafeBufferPointer { aValues in
            unsafe b.elements.withUnsafeBufferPointer { bValues in
                for row in 0..<a.rowCount {
                    // Each slice is one row, which `Matrix` promises to hold.
                    let aRow = unsafe UnsafeBufferPointer(rebasing: aValues[row * width..<(row + 1) * width])
                    for column in 0..<b.rowCount {
                        let bRow = unsafe UnsafeBufferPointer(
                            rebasing: bValues[column * width..<(column + 1) * width])
                        result.elements[row * b.rowCount + column] = unsafe compare(aRow, bRow)
                    }
                }
            }
        }
        return result
    }
}

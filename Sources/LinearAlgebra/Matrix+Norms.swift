internal import RealModule

extension Matrix {
    /// The Euclidean length of every row.
    package func rowNorms() -> [Float] {
        var norms = [Float](repeating: 0, count: rowCount)
        unsafe elements.withUnsafeBufferPointer { elements in
            for row in norms.indices {
                // Row `row` is the slice that `Matrix` promises.
                let start = row * columnCount
                var sum: Float = 0
                for index in start..<start + columnCount {
                    sum = unsafe Relaxed.multiplyAdd(elements[index], elements[index], sum)
                }
                norms[row] = sum.squareRoot()
            }
        }
        return norms
    }

    /// Scales every row to length 1; a row of zeros stays as it is.
    package mutating func normaliseRows() {
        let width = columnCount
        let norms = rowNorms()
        unsafe elements.withUnsafeMutableBufferPointer { elements in
            for (row, norm) in norms.enumerated() where norm > 0 {
                let scale = 1 / norm
                for index in row * width..<(row + 1) * width { unsafe elements[index] *= scale }
            }
        }
    }

    /// This matrix with every row scaled to length 1; a row of zeros stays as it is.
    package func rowsNormalised() -> Matrix {
        var copy = self
        copy.normaliseRows()
        return copy
    }
}

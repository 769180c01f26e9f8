package import Inference
package import LinearAlgebra

extension FeatureGrid {
    /// One row a cell, in the order y, x, each scaled to length 1 (a cell of zeros stays zero).
    package func normalisedRows() -> Matrix {
        Matrix(rowCount: cellCount, columnCount: channelCount, elements: values).rowsNormalised()
    }

    /// The mean over all cells, one value a channel; zeros for a grid without cells.
    package func meanFeature() -> [Float] {
        var mean = [Float](repeating: 0, count: channelCount)
        guard cellCount > 0 else { return mean }
        for cell in 0..<cellCount {
            for channel in 0..<channelCount { mean[channel] += values[cell * channelCount + channel] }
        }
        for channel in mean.indices { mean[channel] /= Float(cellCount) }
        return mean
    }
}

internal import Imaging
internal import Inference
internal import RealModule

extension PartMaps {
    /// - Parameters:
    ///   - planes: the network's three output planes.
    ///   - cells: those that the picture covers.
    /// - Throws: `notFinite`.
    init(reading planes: Span<Float>, cells: CoveredCells, output: NetworkOutput) throws(InferenceError) {
        func map(_ name: String) throws(InferenceError) -> [Float] {
            guard let channel = output.index(ofChannel: name) else {
                throw .refused(call: "output '\(output.name)'", reason: "it has no channel '\(name)'")
            }
            let count = cells.plane.pixelCount
            let plane = planes.extracting(channel * count..<(channel + 1) * count)
            return try Self.probabilities(of: plane, cells: cells, isLogit: output.values == .logits, name: output.name)
        }
        self.init(
            size: cells.size, object: try map("object"), boundary: try map("boundary"), distance: try map("distance"))
    }

    private static func probabilities(
        of plane: Span<Float>, cells: CoveredCells, isLogit: Bool, name: String
    ) throws(InferenceError) -> [Float] {
        var values = [Float](repeating: 0, count: cells.size.pixelCount)
        var output = values.mutableSpan
        var largest: UInt32 = 0
        for run in 0..<cells.runCount {
            let from = cells.start(of: run)
            let to = run &* cells.runLength
            for index in 0..<cells.runLength {
                let value = plane[from &+ index]
                // Magnitudes of floats are ordered as their bits are; infinity and NaN are the largest.
                largest = max(largest, value.bitPattern & 0x7FFF_FFFF)
                output[to &+ index] = isLogit ? Logistic.value(at: value) : min(max(value, 0), 1)
            }
        }
        guard largest < Float.infinity.bitPattern else { throw .notFinite(output: name) }
        return values
    }
}

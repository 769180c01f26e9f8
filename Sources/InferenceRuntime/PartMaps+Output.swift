internal import Imaging
internal import Inference
internal import RealModule

extension PartMaps {
    /// - Parameter planes: the network's three output planes.
    /// - Throws: `notFinite`.
    init(reading planes: Span<Float>, size: PixelSize, output: NetworkOutput) throws(InferenceError) {
        func map(_ name: String) throws(InferenceError) -> [Float] {
            guard let channel = output.index(ofChannel: name) else {
                throw .refused(call: "output '\(output.name)'", reason: "it has no channel '\(name)'")
            }
            let plane = planes.extracting(channel * size.pixelCount..<(channel + 1) * size.pixelCount)
            return try Self.probabilities(of: plane, isLogit: output.values == .logits, name: output.name)
        }
        self.init(
            size: size, object: try map("object"), boundary: try map("boundary"), distance: try map("distance"))
    }

    private static func probabilities(
        of plane: Span<Float>, isLogit: Bool, name: String
    ) throws(InferenceError) -> [Float] {
        var values = [Float](repeating: 0, count: plane.count)
        var output = values.mutableSpan
        var largest: UInt32 = 0
        for index in 0..<plane.count {
            let value = plane[index]
            // Magnitudes of floats are ordered as their bits are; infinity and NaN are the largest.
            largest = max(largest, value.bitPattern & 0x7FFF_FFFF)
            output[index] = isLogit ? Logistic.value(at: value) : min(max(value, 0), 1)
        }
        guard largest < Float.infinity.bitPattern else { throw .notFinite(output: name) }
        return values
    }
}

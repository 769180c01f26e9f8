internal import Imaging
internal import Inference

/// One request of each network: what one caller needs to have an image perceived.
///
/// `@unchecked Sendable`: a lane is handed from thread to thread by `LanePool`, and used by one at a time.
final class RequestLane: @unchecked Sendable {
    private let features: InferenceRequest
    private let parts: InferenceRequest

    init(features: consuming InferenceRequest, parts: consuming InferenceRequest) {
        self.features = features
        self.parts = parts
    }

    func features(of image: Image, shape: NetworkShape) throws(InferenceError) -> FeatureGrid {
        try Self.run(features, on: image, shape: shape)
        var levels: [FeatureLevel] = []
        for output in shape.outputs {
            let level = try unsafe features.withTensor(
                output.name, shape: shape.dimensions(of: output)
            ) { planes throws(InferenceError) in
                // unsafe: the request's memory, read while the request is borrowed
                try FeatureLevel(
                    normalising: unsafe Span(_unsafeElements: UnsafeBufferPointer(planes)),
                    cells: shape.cells(of: output), channelCount: output.channelCount, name: output.name)
            }
            levels.append(level)
        }
        return FeatureGrid(joining: levels)
    }

    func partMaps(of image: Image, shape: NetworkShape) throws(InferenceError) -> PartMaps {
        try Self.run(parts, on: image, shape: shape)
        let output = shape.outputs[0]
        return try unsafe parts.withTensor(
            output.name, shape: shape.dimensions(of: output)
        ) { planes throws(InferenceError) in
            // unsafe: the request's memory, read while the request is borrowed
            try PartMaps(
                reading: unsafe Span(_unsafeElements: UnsafeBufferPointer(planes)), cells: shape.cells(of: output),
                output: output)
        }
    }

    static func run(
        _ request: borrowing InferenceRequest, on image: Image, shape: NetworkShape
    ) throws(InferenceError) {
        try unsafe request.withTensor(
            shape.input.name, shape: shape.inputDimensions
        ) { planes throws(InferenceError) in
            unsafe image.fill(
                planar: planes, size: shape.pictureSize, topLeftOf: shape.size, mean: shape.input.mean,
                deviation: shape.input.deviation, padding: shape.input.padding ?? shape.input.mean)
        }
        try request.run()
    }
}

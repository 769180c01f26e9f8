internal import Imaging
internal import Inference

/// One request of one network, and what comes out of it.
///
/// `@unchecked Sendable`: used by one thread at a time, as part of a `RequestLane`.
final class NetworkPass: @unchecked Sendable {
    private let request: InferenceRequest
    private let shape: NetworkShape

    init(request: consuming InferenceRequest, shape: NetworkShape) {
        self.request = request
        self.shape = shape
    }

    /// Runs the network; what it says stays readable until the next run.
    func run(on image: Image) throws(InferenceError) { try Self.run(request, on: image, shape: shape) }

    /// The features of the last run; nil of a network that gives none.
    func features() throws(InferenceError) -> FeatureGrid? {
        var levels: [FeatureLevel] = []
        for output in shape.outputs where output.role == .level {
            let level = try unsafe request.withTensor(
                output.name, shape: shape.dimensions(of: output)
            ) { planes throws(InferenceError) in
                // unsafe: the request's memory, read while the request is borrowed
                try FeatureLevel(
                    normalising: unsafe Span(_unsafeElements: UnsafeBufferPointer(planes)),
                    cells: shape.cells(of: output), channelCount: output.channelCount, name: output.name)
            }
            levels.append(level)
        }
        return levels.isEmpty ? nil : FeatureGrid(joining: levels)
    }

    /// The part maps of the last run; nil of a network that gives none.
    func partMaps() throws(InferenceError) -> PartMaps? {
        guard let output = shape.outputs.first(where: { $0.role == .partMaps }) else { return nil }
        return try unsafe request.withTensor(
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

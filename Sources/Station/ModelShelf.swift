internal import Inference
internal import Synchronization

/// The loaded models, one for each shape that some line needs.
///
/// Only the steward loads and clears; what a line's assessor holds lives on until its last frame is judged.
final class ModelShelf: Sendable {
    private let load: ModelLoader
    private let loaded = Mutex<[ModelShape: any PerceptionModel]>([:])

    init(_ load: @escaping ModelLoader) { self.load = load }

    func model(for shape: ModelShape) throws(InferenceError) -> any PerceptionModel {
        if let model = loaded.withLock({ $0[shape] }) { return model }
        let model = try load(shape)
        loaded.withLock { $0[shape] = model }
        return model
    }

    func keepOnly(_ shapes: Set<ModelShape>) {
        loaded.withLock { $0 = $0.filter { shapes.contains($0.key) } }
    }
}

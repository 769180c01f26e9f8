internal import Assessment
internal import Enrolment
internal import Imaging
internal import Inference
internal import Regions
internal import Synchronization
internal import Verdicts

/// Perceived images of one category, each perceived once as long as memory lasts.
final class SceneStore: Sendable {
    /// Scenes beyond this many bytes are perceived anew each time.
    private static let mostBytes = 2 << 30

    private struct State {
        var scenes: [String: Scene] = [:]
        var turnedRows: [String: [Float]] = [:]
        var byteCount = 0
    }

    private let model: any PerceptionModel
    private let size: PixelSize
    private let state = Mutex(State())

    /// - Parameter size: pictures of another shape are squashed to it.
    init(model: any PerceptionModel, size: PixelSize) {
        self.model = model
        self.size = size
    }

    func scene(of sample: Sample) throws(EvaluationError) -> Scene {
        if let known = state.withLock({ $0.scenes[sample.path] }) { return known }
        let scene = try Self.perceive(try image(of: sample), model: model)
        let cost = 4 * (scene.features.values.count + scene.hierarchy.size.pixelCount)
        state.withLock { state in
            guard state.byteCount + cost <= Self.mostBytes, state.scenes[sample.path] == nil else { return }
            state.scenes[sample.path] = scene
            state.byteCount += cost
        }
        return scene
    }

    /// The features of an image turned.
    func turnedRows(of sample: Sample) throws(EvaluationError) -> [Float] {
        if let known = state.withLock({ $0.turnedRows[sample.path] }) { return known }
        let image = try image(of: sample)
        let rows: [Float]
        do {
            rows = try TurnedViews.rows(of: image, with: model)
        } catch {
            throw .model(error)
        }
        state.withLock { state in
            guard state.byteCount + 4 * rows.count <= Self.mostBytes, state.turnedRows[sample.path] == nil else {
                return
            }
            state.turnedRows[sample.path] = rows
            state.byteCount += 4 * rows.count
        }
        return rows
    }

    func image(of sample: Sample) throws(EvaluationError) -> Image {
        let image = try Self.read(sample.path)
        return image.size.hasShape(of: size) ? image : image.resized(to: size)
    }

    static func read(_ path: String) throws(EvaluationError) -> Image {
        do {
            return try Image(contentsOf: path)
        } catch {
            throw .damaged(path: path, problem: "\(error)")
        }
    }

    /// What the networks say of an image.
    static func perceive(_ image: Image, model: any PerceptionModel) throws(EvaluationError) -> Scene {
        var timings = StageTimings()
        do {
            return try Scene(perceiving: image, with: model, timings: &timings)
        } catch {
            throw .model(error)
        }
    }
}

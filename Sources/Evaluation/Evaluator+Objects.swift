internal import Assessment
internal import Inference
internal import Verdicts

extension Evaluator {
    /// All draws of one category, each telling which objects are found in the test images.
    ///
    /// - Parameters:
    ///   - finished: gives a draw of an earlier run, or nil.
    ///   - keep: called with each new draw.
    package func objectDraws(
        of category: Category, finished: (Int) -> ObjectDraw?, keep: (ObjectDraw) throws(EvaluationError) -> Void
    ) throws(EvaluationError) -> [ObjectDraw] {
        let annotated = category.test.filter { $0.objects != .unknown }
        guard annotated.contains(where: { $0.type == .good }) else { throw .noObjects(category: category.name) }
        return try draws(of: category, finished: finished, keep: keep) { seed, bench throws(EvaluationError) in
            try objectDraw(seed, of: category, images: annotated, on: bench)
        }
    }

    private func objectDraw(
        _ seed: Int, of category: Category, images: [Sample], on bench: Bench
    ) throws(EvaluationError) -> ObjectDraw {
        let supports = supports(of: category, seed: seed)
        progress(.enrolling(category: category.name, seed: seed))
        let clock = ContinuousClock()
        let start = clock.now
        let assessor = try bench.assessor(supports: supports, category: category.name)
        let enrolled = clock.now
        let (name, count) = (category.name, images.count)
        let progress = progress
        let pictures = try ParallelMap.run(
            images, threads: plan.threads,
            done: { done in progress(.judged(category: name, seed: seed, done, of: count)) },
            { sample throws(EvaluationError) in try Self.look(at: sample, with: assessor, bench: bench) })
        return ObjectDraw(
            category: category.name, seed: seed, model: bench.model.model.identity, supports: supports.map(\.name),
            pictures: pictures, enrolmentSeconds: (enrolled - start) / .seconds(1))
    }

    private static func look(
        at sample: Sample, with assessor: Assessor, bench: Bench
    ) throws(EvaluationError) -> ObjectDraw.Picture {
        let scene = try bench.scenes.scene(of: sample)
        let objects = try TrueObject.all(of: sample)
        let seen: [SeenObject]
        do {
            seen = try assessor.objects(in: scene)
        } catch {
            throw .model(error)
        }
        return ObjectDraw.Picture(
            name: sample.name, path: sample.path, type: sample.type, subtype: sample.subtype,
            classes: objects.map(\.name),
            before: Sighting(of: scene.unadaptedObjects(), truth: objects, size: scene.frameSize),
            after: Sighting(of: seen, truth: objects, size: scene.frameSize))
    }
}

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
        let assessor = try bench.enrolled(supports: supports, category: category.name).assessor
        let enrolled = clock.now
        let annotated = annotatedSupports(of: category, seed: seed)
        let corrected =
            annotated.isEmpty
            ? nil
            : try bench.enrolled(
                supports: annotated, category: category.name, areAnnotated: true
            ).assessor
        let (name, count) = (category.name, images.count)
        let progress = progress
        let pictures = try ParallelMap.run(
            images, threads: plan.threads,
            done: { done in progress(.judged(category: name, seed: seed, done, of: count)) },
            { sample throws(EvaluationError) in
                try Self.look(at: sample, with: assessor, corrected: corrected, bench: bench)
            })
        return ObjectDraw(
            category: category.name, seed: seed, model: bench.model.model.identity, supports: supports.map(\.name),
            annotated: annotated.map(\.name),
            pictures: pictures, enrolmentSeconds: (enrolled - start) / .seconds(1))
    }

    /// The images whose annotations are used: those of the draw and, if more are wanted, others; none where there are not
    /// enough.
    private func annotatedSupports(of category: Category, seed: Int) -> [Sample] {
        let known = category.train.count { if case .annotated = $0.objects { true } else { false } }
        guard plan.annotated > 0, known == category.train.count, known >= plan.annotated else { return [] }
        return SupportChoice.places(count: plan.annotated, below: known, seed: seed).map { category.train[$0] }
    }

    private static func look(
        at sample: Sample, with assessor: Assessor, corrected: Assessor?, bench: Bench
    ) throws(EvaluationError) -> ObjectDraw.Picture {
        let scene = try bench.scenes.scene(of: sample)
        let seen: [SeenObject]
        let seenByCorrected: [SeenObject]?
        do {
            seen = try assessor.objects(in: scene)
            seenByCorrected = try corrected?.objects(in: scene)
        } catch {
            throw .model(error)
        }
        let objects = try TrueObject.all(of: sample)
        func sighting(_ seen: [SeenObject]) -> Sighting {
            guard let objects else { return Sighting(of: seen) }
            return Sighting(of: seen, truth: objects, size: scene.frameSize)
        }
        let count: Int
        if case .counted(let known) = sample.objects { count = known } else { count = objects?.count ?? 0 }
        return ObjectDraw.Picture(
            name: sample.name, path: sample.path, type: sample.type, subtype: sample.subtype, objectCount: count,
            classes: objects?.map(\.name), before: sighting(scene.unadaptedObjects()), after: sighting(seen),
            corrected: seenByCorrected.map(sighting))
    }
}

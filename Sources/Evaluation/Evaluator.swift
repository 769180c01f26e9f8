internal import Assessment
internal import Enrolment
package import Imaging
package import Inference
internal import SupportSets
internal import Synchronization
internal import Verdicts

/// Enrols random good images of a category and judges its test images, draw by draw.
package struct Evaluator: Sendable {
    /// A model made ready for images of a size.
    package struct OpenedModel: Sendable {
        package let model: any PerceptionModel
        package let segmenterLongSide: Int

        package init(model: any PerceptionModel, segmenterLongSide: Int) {
            self.model = model
            self.segmenterLongSide = segmenterLongSide
        }
    }

    /// A step of the work, for a progress display.
    package enum Step: Sendable {
        case reading(category: String)
        case enrolling(category: String, seed: Int)
        case testing(category: String, seed: Int, Int, of: Int)
        case judged(category: String, seed: Int, Int, of: Int)
        case scoringPixels(category: String, seed: Int)

        /// A draw is finished, or was found finished.
        case drawn(category: String, seed: Int)
    }

    let plan: EvaluationPlan
    private let open: @Sendable (PixelSize) throws(InferenceError) -> OpenedModel
    let progress: @Sendable (Step) -> Void

    /// - Parameter open: makes a model ready that as many threads as the plan has may ask at once.
    package init(
        plan: EvaluationPlan, progress: @escaping @Sendable (Step) -> Void = { _ in },
        open: @escaping @Sendable (PixelSize) throws(InferenceError) -> OpenedModel
    ) {
        self.plan = plan
        self.open = open
        self.progress = progress
    }

    /// All draws of one category.
    ///
    /// - Parameters:
    ///   - finished: gives a draw of an earlier run, or nil.
    ///   - keep: called with each new draw.
    package func draws(
        of category: Category, finished: (Int) -> Draw?, keep: (Draw) throws(EvaluationError) -> Void
    ) throws(EvaluationError) -> [Draw] {
        try draws(of: category, finished: finished, keep: keep) { seed, bench throws(EvaluationError) in
            try draw(seed, of: category, on: bench)
        }
    }

    /// The draws that are left to make, and those that are finished, in the order of their seeds.
    func draws<Kept: KeptDraw>(
        of category: Category, finished: (Int) -> Kept?, keep: (Kept) throws(EvaluationError) -> Void,
        make: (_ seed: Int, Bench) throws(EvaluationError) -> Kept
    ) throws(EvaluationError) -> [Kept] {
        guard category.train.count >= plan.shots else {
            throw .tooFewGood(category: category.name, count: category.train.count, shots: plan.shots)
        }
        // Opened with the first draw that has to be made.
        var bench: Bench?
        var draws: [Kept] = []
        for seed in 0..<plan.seeds {
            if let draw = finished(seed) {
                draws.append(draw)
            } else {
                let ready: Bench
                if let bench {
                    ready = bench
                } else {
                    progress(.reading(category: category.name))
                    ready = try Bench(category: category, plan: plan, open: open)
                    bench = ready
                }
                let draw = try make(seed, ready)
                try keep(draw)
                draws.append(draw)
            }
            progress(.drawn(category: category.name, seed: seed))
        }
        return draws
    }

    private func draw(_ seed: Int, of category: Category, on bench: Bench) throws(EvaluationError) -> Draw {
        let supports = supports(of: category, seed: seed)
        let progress = progress
        progress(.enrolling(category: category.name, seed: seed))
        let clock = ContinuousClock()
        let start = clock.now
        let enrolled = try bench.enrolled(
            supports: supports, category: category.name, areAnnotated: plan.usesAnnotations)
        let assessor = enrolled.assessor
        let enrolmentTime = clock.now - start
        // Without known anomalies there is nothing to hold the test against.
        let isTold = category.test.contains { $0.anomalies?.isEmpty == false }
        let selfTest =
            plan.testsSets && isTold
            ? try bench.selfTest(of: enrolled, supports: supports, category: category.name) { done, count in
                progress(.testing(category: category.name, seed: seed, done, of: count))
            } : nil

        let (name, count) = (category.name, category.test.count)
        let busy = Mutex(Duration.zero)
        let results = try ParallelMap.run(
            category.test, threads: plan.threads,
            done: { done in progress(.judged(category: name, seed: seed, done, of: count)) },
            { sample throws(EvaluationError) in
                try Self.judge(sample, by: assessor, bench: bench) { spent in busy.withLock { $0 += spent } }
            })
        progress(.scoringPixels(category: category.name, seed: seed))
        let pixels = results.compactMap(\.pixels)
        return Draw(
            category: category.name, seed: seed, model: bench.model.model.identity, supports: supports.map(\.name),
            images: results.map(\.image),
            pixels: bench.truths.areKnown ? PixelFigures(of: pixels) : nil, threshold: results.first?.threshold ?? 0,
            selfTest: selfTest, enrolmentSeconds: enrolmentTime / .seconds(1),
            judgementSeconds: busy.withLock { $0 } / .seconds(1) / Double(max(count, 1)))
    }

    func supports(of category: Category, seed: Int) -> [Sample] {
        SupportChoice.places(count: plan.shots, below: category.train.count, seed: seed).map { category.train[$0] }
    }

    private struct Result: Sendable {
        let image: JudgedImage
        let pixels: PixelScores?
        let threshold: Float
    }

    private static func judge(
        _ sample: Sample, by assessor: Assessor, bench: Bench, spent: (Duration) -> Void
    ) throws(EvaluationError) -> Result {
        let scene = try bench.scenes.scene(of: sample)
        let masks = try bench.truths.masks(of: sample, size: scene.frameSize)
        let assessment: Assessment
        do {
            assessment = try assessor.assess(scene, withMap: masks != nil && bench.truths.areKnown)
        } catch {
            throw .model(error)
        }
        spent(assessment.timings.matched)
        let explanation = sample.anomalies.map { anomalies in
            let needsMask = anomalies.contains { $0.place == .insideMask }
            return Explanation(
                claims: assessment.findings.map(Explanation.Claim.init), anomalies: anomalies,
                mask: needsMask ? masks.map { Mask(grid: $0.grid, bitmap: $0.union).scaled(to: scene.frameSize) } : nil)
        }
        let image = JudgedImage(
            name: sample.name, path: sample.path, type: sample.type, subtype: sample.subtype, score: assessment.score,
            decision: assessment.decision, findings: assessment.findings.map(JudgedImage.ToldFinding.init),
            anomalies: sample.anomalies.map { $0.map(\.kind) }, explanation: explanation)
        var pixels: PixelScores?
        if let map = assessment.map, let masks { pixels = PixelScores(map: map, masks: masks, type: sample.type) }
        return Result(image: image, pixels: pixels, threshold: assessment.limits?.threshold ?? 0)
    }
}

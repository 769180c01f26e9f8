internal import Assessment
internal import Enrolment
internal import Imaging
internal import Inference
internal import SupportSets

/// A model and what it has seen of one category.
struct Bench {
    let model: Evaluator.OpenedModel
    let scenes: SceneStore
    let truths: TruthStore
    let size: PixelSize
    private let plan: EvaluationPlan

    init(
        category: Category, plan: EvaluationPlan, open: (PixelSize) throws(InferenceError) -> Evaluator.OpenedModel
    ) throws(EvaluationError) {
        self.plan = plan
        size = try SceneStore.read(category.train[0].path).size
        do {
            model = try open(size)
        } catch {
            throw .model(error)
        }
        scenes = SceneStore(model: model.model, size: size)
        truths = TruthStore(category: category)
    }

    /// What `assayctl enroll` makes of the same images, but kept in memory.
    func assessor(supports: [Sample], category: String) throws(EvaluationError) -> Assessor {
        let (store, model) = (scenes, model.model)
        let scenes = try ParallelMap.run(supports, threads: plan.threads) { sample throws(EvaluationError) in
            try store.scene(of: sample)
        }
        var views: [Scene] = []
        if supports.count == 1 {
            let altered = AlteredViews.of(try store.image(of: supports[0]))
            views = try ParallelMap.run(altered, threads: plan.threads) { image throws(EvaluationError) in
                try SceneStore.perceive(image, model: model)
            }
        }
        let preprocessing = SupportSetManifest.Preprocessing(
            imageWidth: size.width, imageHeight: size.height, segmenterLongSide: self.model.segmenterLongSide)
        do {
            let calibrator = Calibrator(
                model: model.identity, preprocessing: preprocessing, methods: [plan.method],
                parameters: plan.parameters)
            let fitted = try calibrator.fit(scenes: scenes, names: supports.map(\.name), views: views) { _, _ in }
            return try Assessor(model: model, set: fitted.set, method: plan.method)
        } catch {
            throw .cannotEnrol(category: category, problem: "\(error)")
        }
    }
}

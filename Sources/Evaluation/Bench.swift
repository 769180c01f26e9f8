internal import Annotations
internal import Assessment
internal import Enrolment
internal import Imaging
internal import Inference
internal import Regions
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
    ///
    /// - Parameter areAnnotated: the objects of the images are those of their annotations.
    func enrolled(
        supports: [Sample], category: String, areAnnotated: Bool = false
    ) throws(EvaluationError) -> (assessor: Assessor, heldOut: HeldOutSets) {
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
        var settled = SettledObjects()
        if areAnnotated {
            for (sample, scene) in zip(supports, scenes) {
                settled.images[sample.name] = try Self.settled(sample, in: scene)
            }
        }
        let preprocessing = SupportSetManifest.Preprocessing(
            imageWidth: size.width, imageHeight: size.height, segmenterLongSide: self.model.segmenterLongSide)
        do {
            let calibrator = Calibrator(
                model: model.identity, preprocessing: preprocessing, methods: [plan.method],
                parameters: plan.parameters, settled: settled,
                classes: ClassHead.learnt(from: scenes, names: supports.map(\.name), settled: settled))
            let switches = plan.parameters.switches
            let isAligned =
                try switches.usesAlignment
                && StructuralFit.isAligned(
                    scenes, names: supports.map(\.name), settled: settled, reach: plan.parameters.reach)
            var turned = TurnedViews.none
            if plan.method == .assay, switches.usesTurnedViews, !isAligned, supports.count > 1 {
                var rows = [[Float]](repeating: [], count: supports.count)
                for index in TurnedViews.chosen(of: supports.count) {
                    rows[index] = try store.turnedRows(of: supports[index])
                }
                turned = TurnedViews(rows: rows)
            }
            let fitted = try calibrator.fit(
                scenes: scenes, names: supports.map(\.name), views: views, isAligned: isAligned, turned: turned
            ) { _, _ in }
            let assessor = try Assessor(
                model: model, set: fitted.set, method: plan.method, switches: plan.parameters.switches)
            return (assessor, fitted.heldOut)
        } catch {
            throw .cannotEnrol(category: category, problem: "\(error)")
        }
    }

    /// What enrolment would write into the manifest.
    func selfTest(
        of enrolled: (assessor: Assessor, heldOut: HeldOutSets), supports: [Sample], category: String,
        progress: (Int, Int) -> Void
    ) throws(EvaluationError) -> SelfTestReport {
        let store = scenes
        let images = try ParallelMap.run(supports, threads: plan.threads) { sample throws(EvaluationError) in
            try store.image(of: sample)
        }
        do {
            return try SelfTest(model: model.model).report(
                on: images, of: enrolled.assessor.set, by: enrolled.heldOut, progress: progress)
        } catch {
            throw .cannotEnrol(category: category, problem: "\(error)")
        }
    }

    /// The annotated objects of an image, each named by its class, as enrolment takes them.
    private static func settled(_ sample: Sample, in scene: Scene) throws(EvaluationError) -> SettledImage? {
        guard let objects = try TrueObject.all(of: sample) else { return nil }
        let annotation = AnnotatedPicture(
            file: sample.name, size: scene.frameSize,
            objects: objects.map { AnnotatedObject(name: $0.name, shape: .mask($0.mask)) })
        return AnnotatedScene(annotation, in: scene).settled
    }
}

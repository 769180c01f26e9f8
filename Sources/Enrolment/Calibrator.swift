package import Assessment
package import Inference
package import Matching
package import SupportSets
internal import RealModule
internal import Verdicts

/// Thresholds from good images only: each support image is judged by a set made of the others.
package struct Calibrator {
    private let model: ModelIdentity
    private let preprocessing: SupportSetManifest.Preprocessing
    private let methods: [Method]
    private let parameters: EnrolmentParameters
    private let settled: SettledObjects
    private let classes: ClassHead?

    /// - Parameters:
    ///   - methods: those that the set is calibrated for.
    ///   - settled: the images whose objects are known.
    ///   - classes: what tells the objects' classes apart.
    package init(
        model: ModelIdentity, preprocessing: SupportSetManifest.Preprocessing, methods: [Method] = Method.enrolled,
        parameters: EnrolmentParameters = EnrolmentParameters(), settled: SettledObjects = SettledObjects(),
        classes: ClassHead? = nil
    ) {
        self.model = model
        self.preprocessing = preprocessing
        self.methods = methods
        self.parameters = parameters
        self.settled = settled
        self.classes = classes
    }

    /// Fits the final set, calibrated, and what judges a good image by the others.
    ///
    /// - Parameters:
    ///   - scenes: the support images.
    ///   - views: altered views of the only support image; empty when there are more.
    ///   - isAligned: the product lies at one place in every image.
    ///   - turned: of the same images, where it does not.
    ///   - progress: called with the count of finished rounds and their number.
    package func fit(
        scenes: [Scene], names: [String], views: [Scene], isAligned: Bool, turned: TurnedViews = .none,
        progress: (Int, Int) -> Void
    ) throws(MatchingError) -> (set: SupportSet, heldOut: HeldOutSets) {
        let structure = SupportSetManifest.Structure(
            isAligned: isAligned && parameters.switches.usesAlignment, reach: parameters.reach)
        let material = SetMaterial(
            scenes: scenes, names: names,
            selected: try LogicalFit.select(from: scenes, names: names, settled: settled), turned: turned,
            structure: structure, model: model,
            preprocessing: preprocessing, parameters: parameters, settled: settled, classes: classes)
        let rounds = rounds(scenes: scenes, views: views)
        var assay: [AssayScores.Round] = []
        var others: [Method: [Judgement]] = [:]
        for (index, round) in rounds.enumerated() {
            let set = try provisional(material, of: round.kept)
            if methods.contains(.assay) {
                assay.append(try AssayScores.of(round.probe, set: set, switches: parameters.switches))
            }
            for method in methods where method != .assay {
                others[method, default: []].append(
                    try SceneJudge(set: set, method: method, switches: parameters.switches).judge(round.probe))
            }
            progress(index + 1, rounds.count + 1)
        }
        let learning = Self.learning(count: scenes.count)
        let levels = AssayLevels(of: assay, learning: learning, switches: parameters.switches)

        var methods: [String: MethodCalibration] = [:]
        // Both levels are limits already: what is left to decide is whether a score lies above 1.
        if self.methods.contains(.assay) {
            methods[Method.assay.rawValue] = MethodCalibration(
                threshold: 1, guardLow: 1 - parameters.guardWidth, guardHigh: 1 + parameters.guardWidth,
                findingLimit: levels.deviations.max() ?? 0,
                scores: levels.scores.map { round in
                    parameters.switches.score(
                        logical: round.logical / levels.logical, structural: round.structural / levels.structural)
                })
        }
        for (method, judgements) in others {
            let costs = judgements.flatMap { $0.findings.filter { $0.kind == .changed }.map(\.cost) }
            methods[method.rawValue] = calibration(
                scores: judgements.map(\.score), findingLimit: costs.max() ?? 0, floor: 1e-6)
        }
        let calibration = Calibration(
            method: scenes.count > 1 ? "leave-one-out" : "altered-views", sampleSize: rounds.count,
            promise: Self.promise(
                of: methods[Method.assay.rawValue], sampleSize: rounds.count, isAltered: scenes.count == 1),
            methods: methods,
            structuralLevel: levels.structural, logicalLevel: levels.logical)
        let final = try material.set(
            of: Array(scenes.indices), calibration: calibration, surface: levels.surface,
            detailWidth: levels.detailWidth)
        progress(rounds.count + 1, rounds.count + 1)
        return (
            final,
            HeldOutSets(
                material: material, calibration: calibration,
                surfaces: scenes.count > 1 ? levels.heldOutSurfaces : levels.surface.map { [$0] } ?? [],
                detailWidth: levels.detailWidth, learning: learning)
        )
    }

    /// What one good image more than a round has does to the scores of objects.
    ///
    /// The whole set knows one image more than any round, so a good image will score less than in its round: nearest of so
    /// many looks and places, it falls as the root of their number grows. (Leaving two out, to see how fast, came to the
    /// same and took three times as long.) Of two or three images nothing is known to promise that.
    private static func learning(count: Int) -> Float {
        count < fewestToLearnFrom ? 1 : (Float(count - 1) / Float(count)).squareRoot()
    }

    private static let fewestToLearnFrom = 4

    /// A good image, and the indices of those that judge it.
    private struct Round {
        let kept: [Int]
        let probe: Scene
    }

    private func rounds(scenes: [Scene], views: [Scene]) -> [Round] {
        guard scenes.count > 1 else { return views.map { Round(kept: [0], probe: $0) } }
        return scenes.indices.map { left in
            Round(kept: scenes.indices.filter { $0 != left }, probe: scenes[left])
        }
    }

    /// A set whose levels are not known yet.
    private func provisional(_ material: SetMaterial, of kept: [Int]) throws(MatchingError) -> SupportSet {
        let methods = Dictionary(
            uniqueKeysWithValues: Method.allCases.map {
                ($0.rawValue, self.calibration(scores: [1], findingLimit: 0, floor: 1))
            })
        let calibration = Calibration(
            method: "leave-one-out", sampleSize: 0, promise: "", methods: methods, structuralLevel: 1, logicalLevel: 1)
        return try material.set(of: kept, calibration: calibration)
    }

    private func calibration(scores: [Float], findingLimit: Float, floor: Float) -> MethodCalibration {
        let threshold = parameters.margin * max(floor, scores.max() ?? floor)
        let width = threshold * parameters.guardWidth
        return MethodCalibration(
            threshold: threshold, guardLow: threshold - width, guardHigh: threshold + width,
            findingLimit: findingLimit, scores: scores)
    }

    /// Levels come from the spread of good scores, so a good image may lie beyond them; the text says how many do.
    private static func promise(of assay: MethodCalibration?, sampleSize: Int, isAltered: Bool) -> String {
        guard !isAltered else {
            return "The threshold rests on altered views of one image. It says nothing about how much good products "
                + "differ: no false-alarm rate can be promised. Enrol more good images."
        }
        let reached = assay.map { assay in assay.scores.count { $0 >= assay.guardLow } } ?? 0
        let rate = Int((100.0 * Double(reached + 1) / Double(sampleSize + 1)).rounded(.up))
        let start =
            reached == 0
            ? "No good image of \(sampleSize) reached the threshold; "
            : "\(reached) of \(sampleSize) good images, judged by the others, did not pass; "
        guard sampleSize < 20 else { return start + "about \(rate) % false alarms or fewer can be expected." }
        return start + "that is too few to promise less than \(rate) % false alarms. Enrol more good images."
    }
}

internal import ArgumentParser
internal import Assessment
internal import Evaluation
internal import Foundation
internal import Imaging
internal import Inference
internal import InferenceRuntime

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure on a data set how good the judgement and its explanations are.",
        discussion: """
            Each draw enrols some random good training pictures of a category and judges all its test pictures, as \
            enroll and inspect would. Finished draws are kept, so an interrupted run goes on where it was.

            Layouts: loco, mvtec, visa as published; assay is LOCO's folders with annotations of objects; celad and \
            cad-sd (and assay, if there is one) take a manifest.csv with the columns category, split (train, test), \
            type (good, logical, structural), image, and if known subtype, truths (masks; alternatives separated by |, \
            files of one by +), kinds (missing, extra, wrong, moved, swapped, structural, separated by |) and objects \
            (their number, or a file with them as the layout assay has it).

            Examples:
              assayctl evaluate loco/ --layout loco --shots 4 --seeds 3 --json loco.json
              assayctl evaluate rendered/ --layout assay --category kit_box --report kit/
              assayctl evaluate rendered/ --layout assay --objects --json objects.json
            """)

    @Argument(help: "The data set's folder, or a manifest.")
    var path: String

    @Option(help: "How the data set lies on disk: \(DataSetLayout.names).", transform: DataSetLayout.named)
    var layout: DataSetLayout

    @Option(help: "Good pictures to enrol in each draw.")
    var shots = 4

    @Option(help: "How many draws.")
    var seeds = 3

    @Option(help: "How to judge: \(Method.names).", transform: Method.named)
    var method: Method = .assay

    @Flag(help: "Measure which objects are found instead of how they are judged; needs annotated objects.")
    var objects = false

    @Option(
        help: "With --objects: good pictures whose annotations are used for the scores with corrections; 0 for none.")
    var annotated = 6

    @Option(help: "Only this category; may be given several times.")
    var category: [String] = []

    @Option(help: "Write the figures to this file.")
    var json: String?

    @Option(help: "Write a report, report.html, to this folder.")
    var report: String?

    @Option(name: .customLong("set"), help: "Change a parameter: name=value; may be given several times.")
    var changes: [String] = []

    @Option(help: "Threads that look and judge; as many as there are cores unless given.")
    var threads = min(64, max(1, ProcessInfo.processInfo.activeProcessorCount))

    @Flag(help: "Make every draw anew.")
    var fresh = false

    @OptionGroup
    var bundle: BundleOptions

    func validate() throws {
        guard (1...1024).contains(shots) else { throw ValidationError("--shots goes from 1 to 1024") }
        guard (0...1024).contains(annotated) else { throw ValidationError("--annotated goes from 0 to 1024") }
        guard (1...1000).contains(seeds) else { throw ValidationError("--seeds goes from 1 to 1000") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads goes from 1 to 64") }
        guard !objects || method == .assay else {
            throw ValidationError("--objects measures what every method finds; leave --method out")
        }
    }

    func run() throws {
        do {
            try evaluate()
        } catch let error as EvaluationError {
            throw CommandFailure.badInput(error.description)
        }
    }

    private func evaluate() throws {
        let parameters = try ParameterChange.apply(changes)
        let plan = EvaluationPlan(
            method: method, shots: shots, seeds: seeds, parameters: parameters.enrolment, threads: threads,
            annotated: objects ? annotated : 0, usesAnnotations: parameters.usesAnnotations,
            // The test knows the standard judgement alone.
            testsSets: method == .assay && changes.isEmpty)
        // A file that cannot be written shows now, not after hours.
        if let json { try ResultFile.check(json) }
        if let report { try ResultFile.makeFolder(report) }
        let dataSet = try layout.read(path)
        let categories = try chosen(of: dataSet)
        let directory = try bundle.path()
        let model = try ResultFile.modelDigest(directory)
        let values = ParameterChange.values(of: parameters)
        let store = try DrawStore(
            folder: try ResultFile.drawFolder(), program: try ResultFile.programDigest(),
            settings: [
                model, objects ? "objects \(annotated)" : method.rawValue, "\(shots)",
                values.keys.sorted().map { "\($0)=\((values[$0] ?? nil).map { "\($0)" } ?? "")" }.joined(
                    separator: " "),
            ])
        let progress = EvaluationProgress(draws: categories.count * seeds)
        defer { progress.finish() }
        let threads = threads
        let evaluator = Evaluator(plan: plan, progress: { progress.show($0) }) { size throws(InferenceError) in
            let model = try BundleModel(
                bundle: directory, requestCount: threads, imageSize: size,
                segmenterLongSide: parameters.segmenterLongSide, waitLimit: .seconds(600))
            return Evaluator.OpenedModel(model: model, segmenterLongSide: model.segmenterLongSide)
        }
        func settings(_ model: ModelIdentity?) -> EvaluationSettings {
            EvaluationSettings(path: path, layout: layout, plan: plan, model: model, parameters: values)
        }
        if objects {
            var draws: [[ObjectDraw]] = []
            for category in categories {
                draws.append(
                    try evaluator.objectDraws(
                        of: category, finished: { fresh ? nil : store.draw(of: category, seed: $0) },
                        keep: { draw throws(EvaluationError) in try store.keep(draw, of: category) }))
            }
            progress.finish()
            let result = ObjectResult(draws: draws, settings: settings(draws.first?.first?.model))
            print(EvaluationTable(result).text)
            if let json { try ResultFile.write(result.json(), to: json) }
            if let report {
                try ResultFile.write(ObjectReport(result, of: dataSet).html(), to: report + "/report.html")
            }
            return
        }
        var draws: [[Draw]] = []
        for category in categories {
            draws.append(
                try evaluator.draws(
                    of: category, finished: { fresh ? nil : store.draw(of: category, seed: $0) },
                    keep: { draw throws(EvaluationError) in try store.keep(draw, of: category) }))
        }
        progress.finish()
        let result = EvaluationResult(draws: draws, settings: settings(draws.first?.first?.model))
        print(EvaluationTable(result).text)
        if let json { try ResultFile.write(result.json(), to: json) }
        if let report {
            try ResultFile.write(EvaluationReport(result, of: dataSet).html(), to: report + "/report.html")
        }
    }

    private func chosen(of dataSet: DataSet) throws -> [Evaluation.Category] {
        guard !category.isEmpty else { return dataSet.categories }
        return try category.map { name in
            guard let found = dataSet.categories.first(where: { $0.name == name }) else {
                throw EvaluationError.noCategory(name, known: dataSet.categories.map(\.name))
            }
            return found
        }
    }
}

extension DataSetLayout {
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    static func named(_ name: String) throws -> DataSetLayout {
        guard let layout = DataSetLayout(rawValue: name) else {
            throw ValidationError("there is no layout \(name); known are \(names)")
        }
        return layout
    }
}

extension Method {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    fileprivate static func named(_ name: String) throws -> Method {
        guard let method = Method(rawValue: name) else {
            throw ValidationError("there is no method \(name); known are \(names)")
        }
        return method
    }
}

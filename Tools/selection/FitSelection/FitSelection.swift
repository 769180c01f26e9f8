import Assessment
import Enrolment
import Foundation
import Imaging
import Inference
import InferenceRuntime
import Regions

/// Fits the weights of `ObjectnessHead` to products of `Tools/selection/products.py` and prints them, after the scores of
/// the shipped weights and, on products that were left out of the fit, of new ones.
@main
enum FitSelection {
    private static let pictures = 4
    private static let folds = 4

    static func main() throws {
        guard CommandLine.arguments.count == 2, let bundle = CacheFolder.defaultBundle else {
            print("usage: fit-selection FOLDER; the default model bundle must be installed")
            exit(2)
        }
        let folder = CommandLine.arguments[1]
        let model = try BundleModel(
            bundle: bundle, requestCount: 1, imageSize: PixelSize(width: 512, height: 512), segmenterLongSide: nil)
        var products: [Product] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let product = try Product(folder: folder, name: name, pictures: pictures, model: model)
            if product.isUsable { products.append(product) }
        }
        print("\(products.count) products")
        print("shipped: \(try score(.standard, of: products).description)")
        var left = SelectionScore()
        for fold in 0..<folds {
            let learned = products.enumerated().filter { $0.offset % folds != fold }.map(\.element)
            let tried = products.enumerated().filter { $0.offset % folds == fold }.map(\.element)
            try add(tried, selectedBy: head(fittedTo: learned), to: &left)
        }
        print("left out: \(left.description)")
        let head = head(fittedTo: products)
        print("fitted: \(try score(head, of: products).description)")
        for (name, names, odds) in [
            ("alone", ObjectnessHead.aloneNames, head.alone), ("first", ObjectnessHead.firstNames, head.first),
            ("second", ObjectnessHead.secondNames, head.second),
        ] {
            let weights = zip(names, odds.weights).map { "\($0) \(rounded($1))" }
            print("\(name): \(weights.joined(separator: ", ")); bias \(rounded(odds.bias))")
        }
    }

    private static func rounded(_ weight: Float) -> Float { (1000 * weight).rounded() / 1000 }

    private static func score(_ head: ObjectnessHead, of products: [Product]) throws -> SelectionScore {
        var score = SelectionScore()
        try add(products, selectedBy: head, to: &score)
        return score
    }

    private static func add(
        _ products: [Product], selectedBy head: ObjectnessHead, to score: inout SelectionScore
    ) throws {
        for product in products {
            let selection = try JointSelection(
                scenes: product.scenes, candidates: product.candidates, settled: product.scenes.map { _ in nil },
                centre: product.centre, head: head)
            for picture in product.scenes.indices {
                score.add(selection.nodes[picture], of: product, picture: picture)
            }
        }
    }

    /// Every picture counts the same, whatever the number of its regions.
    private static func head(fittedTo products: [Product]) -> ObjectnessHead {
        var alone = LogisticFit()
        var first = LogisticFit()
        for product in products {
            guard let evidence = product.compared.evidence else { continue }
            for picture in product.scenes.indices {
                let hierarchy = product.scenes[picture].hierarchy
                let weight = 1 / Double(hierarchy.nodes.count)
                for (region, measures) in ObjectnessHead.measures(of: hierarchy).enumerated() {
                    alone.add(measures, product.isObject[picture][region], weight: weight)
                }
                let measures = ObjectnessHead.measures(of: hierarchy, evidence: evidence[picture])
                for (region, measures) in measures.enumerated() {
                    first.add(measures, product.isObject[picture][region], weight: weight)
                }
            }
        }
        let firstOdds = first.fitted()
        var second = LogisticFit()
        for product in products {
            guard let evidence = product.compared.evidence else { continue }
            let looks = product.scenes.indices.map { picture in
                ObjectnessHead.measures(of: product.scenes[picture].hierarchy, evidence: evidence[picture])
                    .map { firstOdds($0) }
            }
            let isObject = product.scenes.indices.map { picture in
                let nodes = ObjectSelection.choose(
                    from: product.scenes[picture].hierarchy, probability: looks[picture].map(ObjectnessHead.probability)
                )
                return product.compared.regions[picture].isObject(selected: nodes)
            }
            for picture in product.scenes.indices {
                let others = product.compared.others[picture]
                let measures = ObjectnessHead.measures(
                    looks[picture], others: product.compared.unlikeness[picture], isObject: others.map { isObject[$0] })
                for (region, measures) in measures.enumerated() {
                    second.add(measures, product.isObject[picture][region], weight: 1 / Double(looks[picture].count))
                }
            }
        }
        return ObjectnessHead(alone: alone.fitted(), first: firstOdds, second: second.fitted())
    }
}

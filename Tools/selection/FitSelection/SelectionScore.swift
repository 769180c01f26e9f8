import Enrolment

/// How well selected regions agree with the objects that are there.
struct SelectionScore {
    private var errors: [Double] = []
    private var right = 0
    private var selected = 0
    private var there = 0

    mutating func add(_ nodes: [Int], of product: Product, picture: Int) {
        var found: Set<Int> = []
        for node in nodes {
            let best = product.overlaps[picture].best[node]
            if let object = best.object, best.iou >= Product.leastOverlap { found.insert(object) }
        }
        right += found.count
        selected += nodes.count
        there += product.objectCounts[picture]
        errors.append(Double(abs(nodes.count - product.objectCounts[picture])))
    }

    var description: String {
        let error = errors.reduce(0, +) / Double(max(1, errors.count))
        let precision = 100 * Double(right) / Double(max(1, selected))
        let recall = 100 * Double(right) / Double(max(1, there))
        func rounded(_ value: Double) -> Double { (10 * value).rounded() / 10 }
        return "count error \(rounded(error)), precision \(rounded(precision)), recall \(rounded(recall))"
    }
}

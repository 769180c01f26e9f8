internal import SupportSets

extension KindFit {
    /// What every object is known by: one without a name has that of its kind, where all named ones of it agree.
    func labels(completing given: [[ObjectLabel]?]) -> [[ObjectLabel?]] {
        var names: [Int: Set<String>] = [:]
        for (image, labels) in given.enumerated() {
            for (index, label) in (labels ?? []).enumerated() {
                if let name = label.name, kinds[image][index] >= 0 {
                    names[kinds[image][index], default: []].insert(name)
                }
            }
        }
        return kinds.indices.map { image in
            kinds[image].indices.map { index in
                let common = names[kinds[image][index]].flatMap { $0.count == 1 ? $0.first : nil }
                guard var label = given[image]?[index] else {
                    return common.map { ObjectLabel(id: "\(index + 1)", name: $0) }
                }
                label.name = label.name ?? common
                return label
            }
        }
    }
}

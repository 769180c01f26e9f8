internal import Metrics

/// The figures of one draw, each a plain number; the same tree as `Figure`.
indirect enum Measure {
    case value(Double?)
    case group([String: Measure])

    /// Mean and deviation over draws; all draws have the same tree.
    static func spread(of measures: [Measure]) -> Figure {
        guard case .group(let first)? = measures.first else {
            return .value(
                Spread(
                    measures.compactMap { measure in
                        guard case .value(let value) = measure else { return nil }
                        return value
                    }))
        }
        return .group(merge(first, measures) { spread(of: $0) })
    }

    /// The same tree with one part of its first level in another way.
    func replacing(_ name: String, by measure: Measure) -> Measure {
        guard case .group(var group) = self else { return self }
        group[name] = measure
        return .group(group)
    }

    /// The mean of several trees: of every figure over those that have it.
    static func mean(of measures: [Measure]) -> Measure {
        guard case .group(let first)? = measures.first else {
            let values = measures.compactMap { measure -> Double? in
                guard case .value(let value) = measure else { return nil }
                return value
            }
            return .value(values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
        }
        return .group(merge(first, measures) { mean(of: $0) })
    }

    private static func merge<Result>(
        _ first: [String: Measure], _ measures: [Measure], _ combine: ([Measure]) -> Result
    ) -> [String: Result] {
        var merged: [String: Result] = [:]
        for name in first.keys {
            merged[name] = combine(
                measures.compactMap { measure in
                    guard case .group(let group) = measure else { return nil }
                    return group[name]
                })
        }
        return merged
    }
}

package import Metrics

/// A tree of figures by name, as the JSON file has it.
package indirect enum Figure: Sendable, Equatable, Encodable {
    /// Nil where there is nothing to measure.
    case value(Spread?)
    case group([String: Figure])

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .value(let spread?): try container.encode(spread)
        case .value(nil): try container.encodeNil()
        case .group(let figures): try container.encode(figures)
        }
    }

    /// A figure inside groups; nil if it is not there or there is nothing to measure.
    package func spread(at path: [String]) -> Spread? {
        var figure = self
        for name in path {
            guard case .group(let figures) = figure, let inner = figures[name] else { return nil }
            figure = inner
        }
        guard case .value(let spread) = figure else { return nil }
        return spread
    }
}

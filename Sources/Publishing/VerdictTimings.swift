package import Verdicts

/// Where the time of one verdict went, in milliseconds.
package struct VerdictTimings: Equatable, Sendable, Decodable {
    /// From capture until a worker took the frame.
    package var waited: Double
    package var decoded: Double
    package var features: Double
    package var objects: Double
    package var hierarchy: Double
    package var matched: Double

    /// From the end of the judgement until the message was handed over.
    package var published: Double

    /// From capture until the message was handed over.
    package var total: Double

    /// From the trigger until the message was handed over; absent where the frame itself was the reason to look.
    package var fromTrigger: Double?

    private enum CodingKeys: String, CodingKey {
        case waited, decoded, features, objects, hierarchy, matched, published, total
        case fromTrigger = "from_trigger"
    }

    package init(
        _ stages: StageTimings, waited: Duration, published: Duration, total: Duration, fromTrigger: Duration? = nil
    ) {
        self.waited = waited.milliseconds
        decoded = stages.decoded.milliseconds
        features = stages.features.milliseconds
        objects = stages.objects.milliseconds
        hierarchy = stages.hierarchy.milliseconds
        matched = stages.matched.milliseconds
        self.published = published.milliseconds
        self.total = total.milliseconds
        self.fromTrigger = fromTrigger?.milliseconds
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("waited", waited, decimals: 2)
            writer.member("decoded", decoded, decimals: 2)
            writer.member("features", features, decimals: 2)
            writer.member("objects", objects, decimals: 2)
            writer.member("hierarchy", hierarchy, decimals: 2)
            writer.member("matched", matched, decimals: 2)
            writer.member("published", published, decimals: 2)
            writer.member("total", total, decimals: 2)
            writer.optional("from_trigger", fromTrigger) { $0.value($1, decimals: 2) }
        }
    }
}

extension Duration {
    /// This duration in milliseconds, with fractions.
    package var milliseconds: Double {
        Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15
    }

    /// This duration in seconds, with fractions.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

internal import Inference

/// The compiled networks of a bundle, kept for the lanes that are made of them.
final class NetworkPair: Sendable {
    let features: Network
    let parts: Network

    init(features: consuming Network, parts: consuming Network) {
        self.features = features
        self.parts = parts
    }

    /// That of the less exact one.
    var precision: Precision { min(features.precision, parts.precision) }

    /// One request of each network.
    func makeLane() throws(InferenceError) -> RequestLane {
        RequestLane(features: try features.makeRequest(), parts: try parts.makeRequest())
    }
}

internal import Composition
internal import Imaging
internal import Regions

extension Scene {
    /// The nodes of the hierarchy that are objects as far as it alone can tell, and the probability of every node.
    package var unadaptedSelection: (nodes: [Int], probability: [Float]) {
        let head = ObjectnessHead.standard
        let probability = ObjectnessHead.measures(of: hierarchy).map { ObjectnessHead.probability(head.alone($0)) }
        return (ObjectSelection.choose(from: hierarchy, probability: probability), probability)
    }

    /// The nodes that may be objects at all: large enough, and of very many the most probable ones.
    package var plausibleNodes: [Int] {
        let large = hierarchy.nodes.indices.filter { hierarchy.nodes[$0].area >= hierarchy.minimumArea }
        guard large.count > Self.mostPlausible else { return large }
        let probability = unadaptedSelection.probability
        return large.sorted {
            probability[$0] != probability[$1] ? probability[$0] > probability[$1] : $0 < $1
        }.prefix(Self.mostPlausible).sorted()
    }

    /// Bounds what comparing two images costs: about 10 ms and 2 MB.
    private static var mostPlausible: Int { 768 }

    /// The objects that the hierarchy alone shows, with no support image to say which of its nodes are whole; the most
    /// confident first.
    package func unadaptedObjects() -> [SeenObject] {
        let (nodes, probability) = unadaptedSelection
        return nodes.map { SeenObject(mask: hierarchy.mask(of: $0), confidence: probability[$0]) }
            .sorted { $0.confidence > $1.confidence }
    }
}

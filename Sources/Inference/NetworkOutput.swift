/// One output of a network: a tensor 1 × channels × height / stride × width / stride.
package struct NetworkOutput: Codable, Equatable, Sendable {
    package enum Role: String, Codable, Sendable {
        /// One level of features.
        case level

        /// Three channels: object, boundary, distance to the border.
        case partMaps
    }

    /// What the numbers of part maps are.
    package enum Values: String, Codable, Sendable {
        case logits
        case probabilities
    }

    package let name: String
    package let role: Role
    package let stride: Int
    package let channelCount: Int

    /// The channels of part maps in their order, `object`, `boundary` and `distance`.
    package let channels: [String]?
    package let values: Values?

    package init(level name: String, stride: Int, channelCount: Int) {
        self.name = name
        role = .level
        self.stride = stride
        self.channelCount = channelCount
        channels = nil
        values = nil
    }

    package init(partMaps name: String, stride: Int, values: Values) {
        self.name = name
        role = .partMaps
        self.stride = stride
        channelCount = 3
        channels = Self.partChannels
        self.values = values
    }

    static let partChannels = ["object", "boundary", "distance"]

    /// The place of a part map among the output's channels.
    package func index(ofChannel name: String) -> Int? { channels?.firstIndex(of: name) }

    func problem(multipleOf multiple: Int) -> String? {
        if let problem = ModelManifest.nameProblem(name, what: "name") { return problem }
        guard stride > 0, multiple % stride == 0 else { return "stride \(stride) does not divide \(multiple)" }
        guard (1...4096).contains(channelCount) else { return "channelCount \(channelCount) is not 1 to 4096" }
        guard role == .partMaps else { return nil }
        if channelCount != 3 || channels?.sorted() != Self.partChannels.sorted() {
            return "part maps have the three channels object, boundary and distance"
        }
        return values == nil ? "values (logits or probabilities) is missing" : nil
    }
}

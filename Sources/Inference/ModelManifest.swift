/// The manifest of a model bundle, `model.json`; the keys are explained in `Config/models/README.md`.
///
/// Keys that are not known are ignored: a newer tool may add some. What changes the meaning of the known ones changes
/// the schema's number.
package struct ModelManifest: Codable, Equatable, Sendable {
    package static let schema = "assay.model/1"
    package static let fileName = "model.json"

    package let schema: String
    package let name: String
    package let version: String
    package let networks: [NetworkDescription]

    package init(name: String, version: String, networks: [NetworkDescription]) {
        schema = Self.schema
        self.name = name
        self.version = version
        self.networks = networks
    }

    package func network(for role: NetworkRole) -> NetworkDescription? {
        networks.first { $0.role == role }
    }

    /// The precision of the whole, which is that of its least exact network, at the default sizes.
    ///
    /// - Parameter wanted: nil for the bundle's own.
    package func precision(wanted: Precision? = nil) -> Precision {
        let wanted = attainable(wanted)
        return networks.map { $0.precision(at: $0.input.defaultLongSide, wanted: wanted) }.min() ?? .fp32
    }

    /// What to ask of every network so that the whole runs in `wanted`; nil, for the bundle's own, when one cannot.
    ///
    /// Otherwise two mixtures that give other numbers would go by one name.
    package func attainable(_ wanted: Precision?) -> Precision? {
        guard let wanted else { return nil }
        let isAttained = networks.allSatisfy { $0.precision(at: $0.input.defaultLongSide, wanted: wanted) >= wanted }
        return isAttained ? wanted : nil
    }

    /// The precisions that the bundle can run in, its own first.
    package var precisions: [Precision] {
        var found = [precision()]
        for wanted in Precision.allCases {
            let precision = precision(wanted: wanted)
            if !found.contains(precision) { found.append(precision) }
        }
        return found
    }

    /// What is wrong with these values, if anything.
    package var problem: String? {
        if schema != Self.schema { return "schema is '\(schema.printable)'; this program reads '\(Self.schema)'" }
        if let problem = Self.nameProblem(name, what: "name") { return problem }
        if let problem = Self.nameProblem(version, what: "version") { return problem }
        guard (1...8).contains(networks.count) else { return "networks holds \(networks.count) entries, not 1 to 8" }
        if Set(networks.map(\.role)).count != networks.count { return "two networks have the same role" }
        if networks.count > 1, network(for: .whole) != nil { return "beside a network for the whole there are others" }
        for network in networks {
            if let problem = network.problem { return "network '\(network.name.printable)': \(problem)" }
        }
        return nil
    }

    /// Names go into topics, paths and logs: 1 to 128 letters, digits, dots, hyphens and underscores.
    static func nameProblem(_ name: String, what: String) -> String? {
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
        return allowed && (1...128).contains(name.utf8.count)
            ? nil : "\(what) is not 1 to 128 letters, digits, dots, hyphens or underscores"
    }
}

extension String {
    /// This text without control characters and not longer than a line, for messages that quote what came from outside.
    package var printable: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars.prefix(80) {
            result.append(scalar.value < 0x20 || scalar.value == 0x7F ? "?" : scalar)
        }
        return String(result)
    }
}

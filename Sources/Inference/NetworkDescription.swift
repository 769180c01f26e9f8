/// One network of a bundle.
package struct NetworkDescription: Codable, Equatable, Sendable {
    package let role: NetworkRole
    package let name: String
    package let licence: String
    package let origin: String

    /// What is not certain about the right to use the weights; empty when nothing is.
    package let doubts: String

    /// The precision to run in; one of `files` has it (`bf16` runs the `fp32` file).
    package let precision: Precision

    /// Lengths of the longer side at which 8 bits are not exact enough and the `fp32` file is run instead.
    package let floatSides: [Int]
    package let files: [NetworkFile]
    package let input: NetworkInput
    package let outputs: [NetworkOutput]

    package init(
        role: NetworkRole, name: String, licence: String, origin: String, doubts: String, precision: Precision,
        floatSides: [Int] = [], files: [NetworkFile], input: NetworkInput, outputs: [NetworkOutput]
    ) {
        self.role = role
        self.name = name
        self.licence = licence
        self.origin = origin
        self.doubts = doubts
        self.precision = precision
        self.floatSides = floatSides
        self.files = files
        self.input = input
        self.outputs = outputs
    }

    /// The precision to run in when the longer side is `longSide`.
    ///
    /// - Parameter wanted: run where it is more exact than the network's own and there is a file for it; nil for its own.
    package func precision(at longSide: Int, wanted: Precision? = nil) -> Precision {
        let own = floatSides.contains(longSide) ? .fp32 : precision
        guard let wanted, wanted > own, file(for: wanted) != nil else { return own }
        return wanted
    }

    package func file(for precision: Precision) -> NetworkFile? {
        let stored = precision == .bf16 ? .fp32 : precision
        return files.first { $0.precision == stored }
    }

    var problem: String? {
        if let problem = ModelManifest.nameProblem(name, what: "name") { return problem }
        guard (1...4).contains(files.count) else { return "files holds \(files.count) entries, not 1 to 4" }
        if file(for: precision) == nil { return "no file for precision \(precision.rawValue)" }
        if !floatSides.isEmpty, file(for: .fp32) == nil { return "floatSides needs a file of precision fp32" }
        for file in files {
            if let problem = file.problem { return problem }
        }
        if let problem = input.problem { return "input: \(problem)" }
        guard floatSides.allSatisfy(input.longSides.contains) else { return "floatSides are not all among longSides" }
        guard (1...16).contains(outputs.count) else { return "outputs holds \(outputs.count) entries, not 1 to 16" }
        if Set(outputs.map(\.name)).count != outputs.count { return "two outputs have the same name" }
        for output in outputs {
            if let problem = output.problem(multipleOf: input.multipleOf) {
                return "output '\(output.name.printable)': \(problem)"
            }
        }
        return roleProblem
    }

    private var roleProblem: String? {
        let levels = outputs.filter { $0.role == .level }
        switch role {
        case .whole:
            guard !levels.isEmpty, outputs.count == levels.count + 1 else {
                return "a network for the whole gives one output partMaps and at least one level"
            }
        case .features:
            guard levels.count == outputs.count else { return "a feature network gives levels only" }
        case .parts:
            return outputs.count == 1 && outputs[0].role == .partMaps ? nil : "a part network gives one output partMaps"
        }
        let finest = levels.map(\.stride).min() ?? 1
        return levels.allSatisfy { $0.stride % finest == 0 }
            ? nil : "the strides of the levels are not multiples of the finest"
    }
}

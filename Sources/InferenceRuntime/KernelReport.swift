package import Inference

/// Which kernels a network runs on, by the runtime's own report of every layer.
package struct KernelReport: Codable, Equatable, Sendable {
    package let network: String
    package let precision: Precision

    /// Layers that compute in 8 bits.
    package let int8Count: Int

    /// Layers that compute in BF16.
    package let bfloat16Count: Int

    /// Convolutions, the layers that could.
    package let convolutionCount: Int

    package init(
        network: String, precision: Precision, int8Count: Int, bfloat16Count: Int, convolutionCount: Int
    ) {
        self.network = network
        self.precision = precision
        self.int8Count = int8Count
        self.bfloat16Count = bfloat16Count
        self.convolutionCount = convolutionCount
    }

    /// - Parameter layers: those that were executed.
    init(network: String, precision: Precision, layers: [LayerProfile]) {
        func count(_ suffix: String) -> Int { layers.count { $0.kernel.uppercased().hasSuffix(suffix) } }
        self.init(
            network: network, precision: precision, int8Count: count("_I8"), bfloat16Count: count("_BF16"),
            convolutionCount: layers.count { $0.kind == "Convolution" })
    }

    /// Whether the network computes in what it is said to.
    package var isAsNamed: Bool {
        switch precision {
        case .int8: int8Count > 0
        case .bf16: bfloat16Count > 0
        case .fp32: true
        }
    }
}

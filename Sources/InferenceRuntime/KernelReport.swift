package import Inference
internal import Imaging

/// Which kernels a bundle's networks run on, for `assayctl doctor`.
package struct KernelReport: Sendable {
    package let network: String
    package let precision: Precision

    /// The executed layers, in the order of the network.
    package let layers: [LayerProfile]

    /// Layers that compute in 8 bits.
    package var int8Count: Int { layers.count { $0.kernel.uppercased().hasSuffix("_I8") } }

    /// Convolutions, the layers that could.
    package var convolutionCount: Int { layers.count { $0.kind == "Convolution" } }
}

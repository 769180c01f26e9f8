import Inference
import Testing

@Suite struct PrecisionTests {
    private func network(
        _ role: NetworkRole = .features, own: Precision, files: [Precision], floatSides: [Int] = []
    ) -> NetworkDescription {
        NetworkDescription(
            role: role, name: "net", licence: "MIT", origin: "", doubts: "", precision: own, floatSides: floatSides,
            files: files.map {
                NetworkFile(
                    precision: $0, path: "\($0.rawValue).onnx", sha256: String(repeating: "a", count: 64), bytes: 1)
            },
            input: NetworkInput(
                name: "x", fit: .aspect, longSides: [320, 512], defaultLongSide: 512, multipleOf: 32,
                mean: [0, 0, 0], deviation: [1, 1, 1]),
            outputs: [NetworkOutput(level: "level", stride: 8, channelCount: 4)])
    }

    private func manifest(_ networks: NetworkDescription...) -> ModelManifest {
        ModelManifest(name: "m", version: "1", networks: networks)
    }

    @Test func aNetworkRunsWhatIsMoreExactThanItsOwnAndNothingLess() {
        let network = network(own: .int8, files: [.int8, .fp32], floatSides: [320])
        #expect(network.precision(at: 512) == .int8)
        #expect(network.precision(at: 512, wanted: .int8) == .int8)
        #expect(network.precision(at: 512, wanted: .bf16) == .bf16)
        #expect(network.precision(at: 512, wanted: .fp32) == .fp32)
        #expect(network.precision(at: 320, wanted: .int8) == .fp32)
        #expect(network.precision(at: 320, wanted: .bf16) == .fp32)
        // The 8-bit file is there, but the bundle does not vouch for it.
        let exact = self.network(own: .fp32, files: [.int8, .fp32])
        #expect(exact.precision(at: 512, wanted: .int8) == .fp32)
        let lone = self.network(own: .int8, files: [.int8])
        #expect(lone.precision(at: 512, wanted: .fp32) == .int8)
    }

    @Test func aBundleListsWhatItRunsInItsOwnFirst() {
        #expect(manifest(network(own: .int8, files: [.int8, .fp32])).precisions == [.int8, .bf16, .fp32])
        #expect(manifest(network(own: .bf16, files: [.fp32])).precisions == [.bf16, .fp32])
        #expect(manifest(network(own: .fp32, files: [.int8, .fp32])).precisions == [.fp32])
        #expect(manifest(network(own: .int8, files: [.int8])).precisions == [.int8])
        let mixed = manifest(
            network(own: .int8, files: [.int8, .fp32]), network(.parts, own: .fp32, files: [.fp32]))
        #expect(mixed.precisions == [.int8, .bf16, .fp32])
    }

    @Test func aSetsPrecisionAskedForAgainGivesTheSame() {
        let bundles = [
            manifest(network(own: .int8, files: [.int8, .fp32])),
            manifest(network(own: .int8, files: [.int8]), network(.parts, own: .int8, files: [.int8, .fp32])),
            manifest(network(own: .int8, files: [.int8, .fp32]), network(.parts, own: .fp32, files: [.fp32])),
            manifest(network(own: .bf16, files: [.fp32]), network(.parts, own: .int8, files: [.int8, .fp32])),
        ]
        for bundle in bundles {
            for wanted in [nil] + Precision.allCases {
                let precision = bundle.precision(wanted: wanted)
                func networks(_ wanted: Precision?) -> [Precision] {
                    bundle.networks.map { $0.precision(at: 512, wanted: bundle.attainable(wanted)) }
                }
                #expect(networks(precision) == networks(wanted))
            }
        }
    }
}

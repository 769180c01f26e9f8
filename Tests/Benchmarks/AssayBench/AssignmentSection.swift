internal import Foundation
internal import LinearAlgebra
internal import Matching

/// The assignment solver against SciPy's and the `lap` package's, on the same matrices.
///
/// All three are timed alike: the solve call alone, repeated until it takes a few milliseconds, the best of five such
/// rounds for a matrix, the median over the matrices of a size. The peers get contiguous doubles, which is what they
/// compute on; the time for turning floats into doubles counts as ours.
struct AssignmentSection {
    let python: String

    private static let sizes = [5, 10, 20, 50, 100, 200, 300, 500, 900]
    private static let matricesPerSize = 5

    private struct Sample {
        let kind: CostSamples
        let costs: Matrix
    }

    /// What the peer script prints for each matrix, one JSON object a line.
    private struct PeerResult: Decodable {
        let scipyMilliseconds: Double
        let scipyTotal: Double
        let lapMilliseconds: Double
        let lapTotal: Double

        private enum CodingKeys: String, CodingKey {
            case scipyMilliseconds = "scipy_ms"
            case scipyTotal = "scipy_total"
            case lapMilliseconds = "lap_ms"
            case lapTotal = "lap_total"
        }
    }

    func run() throws -> [BenchEntry] {
        var numbers = SampleNumbers(seed: 20_260_101)
        var samples: [Sample] = []
        for kind in CostSamples.allCases {
            for size in Self.sizes {
                for _ in 0..<Self.matricesPerSize {
                    samples.append(Sample(kind: kind, costs: kind.matrix(size: size, from: &numbers)))
                }
            }
        }
        let peers = try measurePeers(samples)
        var solver = AssignmentSolver()
        var times: [Double] = []
        for (sample, peer) in zip(samples, peers) {
            let total = try solver.solve(sample.costs)
            for (name, other) in [("SciPy", peer.scipyTotal), ("lap", peer.lapTotal)] {
                guard abs(total - other) <= 1e-6 * max(1, abs(other)) else {
                    throw BenchError(
                        description: "\(sample.kind) \(sample.costs.rowCount): our optimum \(total), \(name)'s \(other)"
                    )
                }
            }
            times.append(try Self.milliseconds(of: sample.costs, with: &solver))
        }
        return report(times, peers)
    }

    private func report(_ times: [Double], _ peers: [PeerResult]) -> [BenchEntry] {
        print("assignment, ms          n      ours     SciPy       lap   SciPy/ours  lap/ours")
        var entries: [BenchEntry] = []
        var first = 0
        for kind in CostSamples.allCases {
            for size in Self.sizes {
                let range = first..<first + Self.matricesPerSize
                first = range.upperBound
                let ours = Self.median(Array(times[range]))
                let scipy = Self.median(peers[range].map(\.scipyMilliseconds))
                let lap = Self.median(peers[range].map(\.lapMilliseconds))
                let name = "assignment, \(kind.rawValue), \(size)×\(size)"
                let pair = [
                    BenchEntry(name: name, oursMilliseconds: ours, peer: "SciPy", peerMilliseconds: scipy),
                    BenchEntry(name: name, oursMilliseconds: ours, peer: "lap", peerMilliseconds: lap),
                ]
                entries += pair
                let label = kind.rawValue.padding(toLength: 17, withPad: " ", startingAt: 0)
                print(
                    label
                        + String(
                            format: "%8d %9.4f %9.4f %9.4f %12.2f %9.2f", size, ours, scipy, lap, pair[0].ratio,
                            pair[1].ratio))
            }
        }
        return entries
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private static func milliseconds(of costs: Matrix, with solver: inout AssignmentSolver) throws -> Double {
        let clock = ContinuousClock()
        var best = Double.infinity
        let repeats = max(1, 400_000 / (costs.rowCount * costs.columnCount))
        for _ in 0..<5 {
            let elapsed = try clock.measure {
                for _ in 0..<repeats { try solver.solve(costs) }
            }
            best = min(best, elapsed / .milliseconds(1) / Double(repeats))
        }
        return best
    }

    /// Hands the matrices over in a file: their number, then for each its side and its costs as doubles.
    private func measurePeers(_ samples: [Sample]) throws -> [PeerResult] {
        var file = PeerFile("assignment")
        file.append(Int64(samples.count))
        for sample in samples {
            file.append(Int64(sample.costs.rowCount))
            for cost in sample.costs.elements { file.append(Double(cost)) }
        }
        try file.write()
        let peer = PythonPeer(python: python, script: "assignment_peer.py")
        let results = try peer.lines([file.path]).map { try JSONDecoder().decode(PeerResult.self, from: $0) }
        guard results.count == samples.count else {
            throw BenchError(description: "\(peer.script) answered \(results.count) of \(samples.count) matrices")
        }
        return results
    }
}

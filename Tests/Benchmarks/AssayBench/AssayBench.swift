internal import LinearAlgebra
internal import Matching
@main struct AssayBench {
    static func main() throws {
        let clock = ContinuousClock()
        var solver = AssignmentSolver()
        var numbers = SampleNumbers(seed: 1)
        for kind in CostSamples.allCases {
            for n in [5, 10, 20, 50, 100, 200, 300, 500, 900] {
                var times: [Double] = []
                var total = 0.0
                for _ in 0..<5 {
                    let m = kind.matrix(size: n, from: &numbers)
                    let repeats = max(1, 2000000 / (n * n * 20))
                    var best = Double.infinity
                    for _ in 0..<5 {
                        let t = try clock.measure { for _ in 0..<repeats { total += try solver.solve(m) } }
                        best = min(best, Double(t.components.attoseconds) / 1e15 / Double(repeats))
                    }
                    times.append(best)
                }
                times.sort()
                print(kind, n, times[2], total)
            }
        }
    }
}

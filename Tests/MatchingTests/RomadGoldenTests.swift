import Foundation
import LinearAlgebra
import Matching
import Testing

struct RomadGoldenTests {
    struct File: Decodable {
        let cases: [Case]?
        let empty: [Case]?
    }

    struct Case: Decodable {
        struct Scene: Decodable {
            let embeddings: [[Float]]
            let boxes: [[Float]]
            let areas: [Float]

            func scene(neighbourCount: Int) -> RomadScene {
                let matrix = Matrix(
                    rowCount: embeddings.count, columnCount: embeddings.first?.count ?? 0,
                    elements: embeddings.flatMap { $0 })
                let centres = boxes.map { SIMD2(($0[0] + $0[2]) / 2, ($0[1] + $0[3]) / 2) }
                return RomadScene(
                    embeddings: matrix, centres: centres, areas: areas, neighbourCount: neighbourCount)
            }
        }

        struct Expected: Decodable {
            struct Support: Decodable {
                let distance: Double
                let pairs: [[Int]]
                let extra: [Int]
                let missing: [Int]
            }

            let context: [[Float]]?
            let perSupport: [Support]
            let nearest: [Int]
            let score: Double

            private enum CodingKeys: String, CodingKey {
                case context, nearest, score
                case perSupport = "per_support"
            }
        }

        let name: String
        let neighbours: Int
        let areaWeight: Float
        let k: Int
        let query: Scene
        let bank: [Scene]
        let expected: Expected

        private enum CodingKeys: String, CodingKey {
            case name, neighbours, k, query, bank, expected
            case areaWeight = "area_weight"
        }
    }

    static func cases(_ name: String) throws -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden/\(name).json")
        let contents = try JSONDecoder().decode(File.self, from: Data(contentsOf: file))
        return (contents.cases ?? []) + (contents.empty ?? [])
    }

    @Test(arguments: ["romad", "conventions"])
    func everyCaseComesOutAsExpected(file: String) throws {
        let cases = try Self.cases(file)
        #expect(!cases.isEmpty)
        var solver = AssignmentSolver()
        for sample in cases {
            let query = sample.query.scene(neighbourCount: sample.neighbours)
            let bank = try RomadBank(
                scenes: sample.bank.map { $0.scene(neighbourCount: sample.neighbours) },
                areaWeight: sample.areaWeight, nearestCount: sample.k)
            let score = try bank.score(of: query, with: &solver)
            #expect(abs(score.value - sample.expected.score) < 1e-4, "\(sample.name)")
            #expect(score.nearest == sample.expected.nearest, "\(sample.name)")
            #expect(score.comparisons.count == sample.expected.perSupport.count)
            for (comparison, expected) in zip(score.comparisons, sample.expected.perSupport) {
                #expect(abs(comparison.distance - expected.distance) < 1e-4, "\(sample.name)")
                #expect(comparison.assignment.pairs.map { [$0.row, $0.column] } == expected.pairs, "\(sample.name)")
                #expect(comparison.assignment.unmatchedRows == expected.extra.sorted(), "\(sample.name)")
                #expect(comparison.assignment.unmatchedColumns == expected.missing.sorted(), "\(sample.name)")
            }
            let width = query.vectors.columnCount / 2
            for (object, context) in (sample.expected.context ?? []).enumerated() {
                for k in 0..<width {
                    #expect(abs(query.vectors[object, width + k] - context[k]) < 1e-4, "\(sample.name)")
                }
            }
        }
    }

    @Test func objectsWithoutAreaDoNotDiffer() throws {
        let scene = RomadScene(
            embeddings: Matrix(repeating: 1, rowCount: 2, columnCount: 4), centres: [[0, 0], [9, 9]], areas: [0, 0])
        #expect(scene.costs(against: scene, areaWeight: 0.5).elements == [0, 0, 0, 0])
    }

    @Test func objectsAtTheSamePlaceShareTheirContextEvenly() {
        let embeddings = Matrix(rowCount: 3, columnCount: 1, elements: [1, 2, 4])
        let context = Context.vectors(of: embeddings, centres: [[5, 5], [5, 5], [5, 5]], neighbourCount: 3)
        #expect(context.elements == [3, 2.5, 1.5])
    }

    @Test func threeHundredObjectsAreMatched() throws {
        var generator = SeededGenerator(seed: 7)
        func values(_ count: Int) -> [Float] { (0..<count).map { _ in .random(in: -1...1, using: &generator) } }
        let embeddings = Matrix(rowCount: 300, columnCount: 8, elements: values(2400))
        let centres = (0..<300).map { _ in SIMD2(values(1)[0], values(1)[0]) * 500 }
        let scene = RomadScene(embeddings: embeddings, centres: centres, areas: values(300).map { abs($0) * 900 })
        var solver = AssignmentSolver()
        let score = try RomadBank(scenes: [scene]).score(of: scene, with: &solver)
        #expect(score.value == 0)
        #expect(score.comparisons[0].assignment.pairs.allSatisfy { $0.row == $0.column })
    }

    @Test func anEmbeddingThatIsNoNumberIsRefused() throws {
        var solver = AssignmentSolver()
        let broken = RomadScene(
            embeddings: Matrix(rowCount: 1, columnCount: 2, elements: [.nan, 0]), centres: [[0, 0]], areas: [1])
        let sound = RomadScene(
            embeddings: Matrix(repeating: 0, rowCount: 1, columnCount: 2), centres: [[0, 0]], areas: [1])
        #expect(throws: MatchingError.costNotFinite(row: 0, column: 0)) { try RomadBank(scenes: [broken, sound]) }
        let bank = try RomadBank(scenes: [sound, sound])
        #expect(throws: MatchingError.costNotFinite(row: 0, column: 0)) { try bank.score(of: broken, with: &solver) }
    }
}

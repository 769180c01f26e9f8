import Foundation
import Imaging
import Inference
import LinearAlgebra
import Matching
import Testing
import Verdicts

struct ObjectCoreGoldenTests {
    struct File: Decodable {
        let cases: [Case]
    }

    struct Case: Decodable {
        struct Shape: Decodable {
            let channels: Int
            let grid: [Int]
            let image: [Int]

            var size: PixelSize { PixelSize(width: image[1], height: image[0]) }
        }

        struct Scene: Decodable {
            let features: [Float]
            let masks: [[Int]]

            func image(_ shape: Shape) -> ObjectCoreImage {
                let grid = FeatureGrid(
                    height: shape.grid[0], width: shape.grid[1], channelCount: shape.channels, values: features)
                return ObjectCoreImage(
                    features: grid,
                    masks: masks.map { runs in
                        var bits: [UInt8] = []
                        for (index, length) in runs.enumerated() {
                            bits += [UInt8](repeating: UInt8(index % 2), count: length)
                        }
                        let box = PixelBox(x: 0, y: 0, width: shape.size.width, height: shape.size.height)
                        return Mask(grid: shape.size, box: box, bits: bits)
                    })
            }
        }

        struct Expected: Decodable {
            let nearest: Int
            let representations: [[Float]]
            let pairs: [[Double]]
            let extra: [Int]
            let missing: [Int]
            let structural: [Float]
            let samples: [[Double]]
            let mapMaximum: Double
            let score: Double

            private enum CodingKeys: String, CodingKey {
                case nearest, representations, pairs, extra, missing, structural, score
                case samples = "map_samples"
                case mapMaximum = "map_max"
            }
        }

        let name: String
        let shape: Shape
        let gamma: Float
        let sigma: Float
        let topFraction: Double
        let query: Scene
        let bank: [Scene]
        let expected: Expected

        private enum CodingKeys: String, CodingKey {
            case name, shape, gamma, sigma, query, bank, expected
            case topFraction = "top_fraction"
        }
    }

    @Test func everyCaseComesOutAsExpected() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden/objectcore.json")
        let cases = try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).cases
        #expect(!cases.isEmpty)
        for sample in cases {
            let expected = sample.expected
            let query = sample.query.image(sample.shape)
            let match = try ObjectCoreMatch(
                of: query, against: sample.bank.map { $0.image(sample.shape) }, imageSize: sample.shape.size,
                areaWeight: sample.gamma, sigma: sample.sigma, topFraction: sample.topFraction)
            #expect(match.nearest == expected.nearest, "\(sample.name)")
            let representations = expected.representations.flatMap { $0 }
            #expect(query.scene.representations.elements.count == representations.count, "\(sample.name)")
            #expect(
                zip(query.scene.representations.elements, representations).allSatisfy { abs($0 - $1) < 1e-4 },
                "\(sample.name)")
            #expect(match.assignment.pairs.count == expected.pairs.count, "\(sample.name)")
            for (pair, wanted) in zip(match.assignment.pairs, expected.pairs) {
                #expect([Double(pair.row), Double(pair.column)] == [wanted[0], wanted[1]], "\(sample.name)")
                #expect(abs(Double(pair.cost) - wanted[2]) < 1e-4, "\(sample.name)")
            }
            #expect(match.assignment.unmatchedRows == expected.extra, "\(sample.name)")
            #expect(match.assignment.unmatchedColumns == expected.missing, "\(sample.name)")
            #expect(match.structural.count == expected.structural.count, "\(sample.name)")
            #expect(zip(match.structural, expected.structural).allSatisfy { abs($0 - $1) < 1e-4 }, "\(sample.name)")
            for place in expected.samples {
                let value = match.map.values[Int(place[0]) * sample.shape.size.width + Int(place[1])]
                #expect(abs(Double(value) - place[2]) < 1e-4, "\(sample.name) \(place)")
            }
            #expect(abs(Double(match.map.maximum) - expected.mapMaximum) < 1e-4, "\(sample.name)")
            #expect(abs(Double(match.score) - expected.score) < 1e-4, "\(sample.name)")
        }
    }
}

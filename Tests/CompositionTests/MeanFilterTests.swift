import Composition
import Foundation
import Inference
import Testing

struct MeanFilterTests {
    private struct Conventions: Decodable {
        struct Sample: Decodable {
            let grid: [Int]
            let channels: Int
            let features: [Float]
            let expected: [Float]
        }
        let smoothed: [Sample]

        private enum CodingKeys: String, CodingKey { case smoothed = "mean_filter_5x5" }
    }

    @Test func goldenGridsComeOutAsExpected() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Golden/conventions.json")
        let samples = try JSONDecoder().decode(Conventions.self, from: Data(contentsOf: file)).smoothed
        #expect(!samples.isEmpty)
        for sample in samples {
            let features = FeatureGrid(
                height: sample.grid[0], width: sample.grid[1], channelCount: sample.channels, values: sample.features)
            let filtered = features.meanFiltered(size: 5)
            #expect(zip(filtered.values, sample.expected).allSatisfy { abs($0 - $1) < 1e-4 }, "\(sample.grid)")
        }
    }

    @Test(arguments: [1, 3, 5, 9])
    func everyCellIsTheMeanOfTheCellsAroundItInsideTheGrid(size: Int) {
        var generator = SystemRandomNumberGenerator()
        let (height, width, channels) = (6, 4, 3)
        let values = (0..<height * width * channels).map { _ in Float.random(in: -1...1, using: &generator) }
        let filtered = FeatureGrid(height: height, width: width, channelCount: channels, values: values)
            .meanFiltered(size: size)
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<channels {
                    var inside: [Float] = []
                    for row in max(0, y - size / 2)...min(height - 1, y + size / 2) {
                        for column in max(0, x - size / 2)...min(width - 1, x + size / 2) {
                            inside.append(values[(row * width + column) * channels + channel])
                        }
                    }
                    let mean = inside.reduce(0, +) / Float(inside.count)
                    #expect(abs(filtered.values[(y * width + x) * channels + channel] - mean) < 1e-5)
                }
            }
        }
    }

    @Test func aGridWithoutCellsStaysEmpty() {
        let empty = FeatureGrid(height: 0, width: 0, channelCount: 3, values: [])
        #expect(empty.meanFiltered(size: 5) == empty)
    }
}

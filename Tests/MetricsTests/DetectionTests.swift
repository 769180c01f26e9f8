import Foundation
import Metrics
import Testing

struct DetectionTests {
    /// What pycocotools and a count of every threshold find (`Tools/fixtures/detections.py`).
    private struct Fixtures: Decodable {
        struct Picture: Decodable {
            let confidences: [Double]
            let overlaps: [[Double]]
            let truthCount: Int
            let matches: [Int?]
        }

        struct Case: Decodable {
            let name: String
            let images: [Picture]
            let countError: Double?
            let precision: Double?
            let recall: Double?
            let averagePrecision: Double?
            let meanOverlap: Double?
        }

        let overlap: Double
        let cases: [Case]

        static func read() throws -> Fixtures {
            let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let file = tests.appendingPathComponent("Fixtures/detections.json")
            return try decoder.decode(Fixtures.self, from: Data(contentsOf: file))
        }
    }

    @Test func matchesAndScoresAgreeWithPycocotools() throws {
        let fixtures = try Fixtures.read()
        #expect(fixtures.cases.count > 10)
        for sample in fixtures.cases {
            let images = sample.images.map {
                DetectionImage(confidences: $0.confidences, overlaps: $0.overlaps, truthCount: $0.truthCount)
            }
            for (image, expected) in zip(images, sample.images) {
                #expect(image.matches(overlap: fixtures.overlap) == expected.matches, "\(sample.name)")
            }
            let scores = DetectionScores(of: images, overlap: fixtures.overlap)
            #expect(agree(scores.countError, sample.countError), "\(sample.name)")
            #expect(agree(scores.precision, sample.precision), "\(sample.name)")
            #expect(agree(scores.recall, sample.recall), "\(sample.name)")
            #expect(agree(scores.averagePrecision, sample.averagePrecision), "\(sample.name)")
            #expect(agree(scores.meanOverlap, sample.meanOverlap), "\(sample.name)")
        }
    }

    @Test func theMoreConfidentDetectionTakesTheThing() {
        let image = DetectionImage(confidences: [0.4, 0.9], overlaps: [[0.95], [0.6]], truthCount: 1)
        #expect(image.matches(overlap: 0.5) == [nil, 0])
        #expect(DetectionScores(of: [image]).averagePrecision == 1)
    }

    @Test func theOrderOfImagesChangesNothingWhenAllAreEquallySure() {
        let right = DetectionImage(confidences: [0.5], overlaps: [[1]], truthCount: 1)
        let wrong = DetectionImage(confidences: [0.5], overlaps: [[0]], truthCount: 1)
        let first = DetectionScores(of: [right, wrong])
        #expect(first == DetectionScores(of: [wrong, right]) && first.averagePrecision == 0.25)
    }
}

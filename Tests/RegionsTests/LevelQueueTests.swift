import Regions
import Testing

@Suite struct LevelQueueTests {
    @Test func pixelsLeaveByLevelAndThenByArrival() {
        for seed in 0..<20 {
            var generator = SeededGenerator(seed: UInt64(seed))
            var queue = LevelQueue()
            queue.prepare(pixelCount: 400)
            var waiting: [(pixel: Int, level: Int)] = []
            for pixel in 0..<400 {
                let level = Int.random(in: 0..<(seed % 2 == 0 ? 6 : LevelQueue.levelCount), using: &generator)
                queue.push(pixel, level: level)
                waiting.append((pixel, level))
                if Bool.random(using: &generator) { Self.expectNext(of: &queue, waiting: &waiting, seed: seed) }
            }
            while !waiting.isEmpty { Self.expectNext(of: &queue, waiting: &waiting, seed: seed) }
            #expect(queue.pop() == nil)
        }
    }

    private static func expectNext(of queue: inout LevelQueue, waiting: inout [(pixel: Int, level: Int)], seed: Int) {
        let lowest = waiting.map(\.level).min()
        let index = waiting.firstIndex { $0.level == lowest }
        #expect(queue.pop() == index.map { waiting.remove(at: $0).pixel }, "seed \(seed)")
    }
}

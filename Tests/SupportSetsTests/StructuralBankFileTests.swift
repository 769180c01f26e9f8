import AssayTestSupport
import Foundation
import SupportSets
import Testing

struct StructuralBankFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder("assay-bank")
        path = folder.file("structural.bank")
    }

    private func written() throws -> [UInt8] {
        try SampleSet().structural.write(to: path)
        return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func refusal(of bytes: [UInt8]) throws -> SupportSetError? {
        try folder.write(bytes, to: "structural.bank")
        do throws(SupportSetError) {
            _ = try StructuralBank(mapping: path)
            return nil
        } catch {
            return error
        }
    }

    private func word(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    @Test func aBankComesBackAsItWasWritten() throws {
        let bank = SampleSet().structural
        try bank.write(to: path)
        let mapped = try StructuralBank(mapping: path)
        #expect(mapped.imageCount == bank.imageCount)
        #expect(mapped.gridHeight == bank.gridHeight && mapped.gridWidth == bank.gridWidth)
        for (one, other) in [(mapped.rows, bank.rows), (mapped.core, bank.core)] {
            let left = unsafe one.withElements { unsafe Array($0) }
            let right = unsafe other.withElements { unsafe Array($0) }
            #expect(left == right && one.columnCount == other.columnCount && one.rowCount == other.rowCount)
        }
    }

    @Test func aMappedBankOutlivesItsFile() throws {
        try SampleSet().structural.write(to: path)
        let mapped = try StructuralBank(mapping: path)
        try FileManager.default.removeItem(atPath: path)
        let rows = unsafe mapped.rows.withElements { unsafe Array($0) }
        let expected = unsafe SampleSet().structural.rows.withElements { unsafe Array($0) }
        #expect(rows == expected)
    }

    @Test func everyTruncationIsRefused() throws {
        let content = try written()
        for length in content.indices {
            guard case .damaged(let place, _) = try refusal(of: Array(content.prefix(length))) else {
                Issue.record("\(length) of \(content.count) bytes were taken")
                continue
            }
            #expect(place == path)
        }
        #expect(try refusal(of: content + [0, 0, 0, 0]) != nil)
    }

    @Test func everyFlippedBitOfTheHeadIsRefusedOrHarmless() throws {
        let content = try written()
        for place in 0..<28 {
            for bit in 0..<8 {
                var damaged = content
                damaged[place] ^= 1 << bit
                #expect(try refusal(of: damaged) != nil, "byte \(place), bit \(bit)")
            }
        }
    }

    @Test func absurdCountsAreRefused() throws {
        let content = try written()
        for offset in stride(from: 8, to: 28, by: 4) {
            for value: UInt32 in [0, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] {
                var damaged = content
                damaged.replaceSubrange(offset..<(offset + 4), with: word(value))
                #expect(try refusal(of: damaged) != nil, "\(value) at \(offset)")
            }
        }
        // The largest counts within the bounds multiply without overflow.
        var damaged = content
        damaged.replaceSubrange(8..<28, with: word(1024) + word(4096) + word(4096) + word(16384) + word(1024 << 20))
        #expect(try refusal(of: damaged) == .damaged(path: path, problem: "its size is not what its header says"))
    }

    @Test func anotherVersionIsNotRead() throws {
        var content = try written()
        content.replaceSubrange(4..<8, with: word(9))
        #expect(try refusal(of: content) == .unknownSchema(path: path, found: "structural bank 9"))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, 3e38])
    func numbersThatAreNoPartOfAUnitVectorAreRefused(value: Float) throws {
        let content = try written()
        for offset in [64, content.count - 4, 64 + 4 * 30] {
            var damaged = content
            damaged.replaceSubrange(offset..<(offset + 4), with: word(value.bitPattern))
            guard case .damaged(let place, _) = try refusal(of: damaged) else {
                Issue.record("\(value) at \(offset) was taken")
                continue
            }
            #expect(place == path)
        }
    }

    @Test func aFolderInItsPlaceIsRefused() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: SupportSetError.self) { try StructuralBank(mapping: path) }
    }

    /// What of a file this process has in its memory, in bytes.
    private func residentBytes(of path: String) throws -> Int {
        // Read to its end: what it is said to hold is less.
        let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps"))
        let maps = String(decoding: try #require(try file.readToEnd()), as: UTF8.self).split(separator: "\n")
        let kilobytes = maps.indices.filter { maps[$0].hasSuffix(path) }.compactMap { line in
            maps[line...].first { $0.hasPrefix("Rss:") }?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        }
        try #require(!kilobytes.isEmpty)
        return kilobytes.reduce(0, +) * 1024
    }

    @Test func checkingABankLeavesHardlyAnythingOfItInMemory() throws {
        let (side, channels) = (401, 48)
        let rows = BankRows(owned: [Float](repeating: 0.1, count: side * side * channels), columnCount: channels)
        let core = BankRows(owned: [Float](repeating: 0.1, count: channels), columnCount: channels)
        try StructuralBank(imageCount: 1, gridHeight: side, gridWidth: side, rows: rows, core: core).write(to: path)
        let mapped = try StructuralBank(mapping: path)
        let before = try residentBytes(of: path)
        #expect(before < 1 << 20)
        let sum = unsafe mapped.rows.withElements { elements in unsafe elements.reduce(0, +) }
        #expect(sum > 0)
        #expect(try residentBytes(of: path) > 4 * side * side * channels * 9 / 10)
        mapped.rows.letGo()
        #expect(try residentBytes(of: path) < 1 << 20)
        let last = unsafe mapped.rows.withElements { elements in unsafe elements[elements.count - 1] }
        #expect(last == 0.1)
    }
}

import AssayTestSupport
import Composition
import Imaging
import SupportSets
import Testing

struct LogicalBankFileTests {
    private let path = "/sets/tray/logical.bank"

    private func refusal(of bytes: [UInt8]) -> SupportSetError? {
        do throws(SupportSetError) {
            _ = try LogicalBank(fileContent: bytes, path: path)
            return nil
        } catch {
            return error
        }
    }

    @Test func aBankComesBackAsItWasWritten() throws {
        for seed in 1...5 {
            let bank = SampleSet(seed: UInt64(seed)).logical
            #expect(try LogicalBank(fileContent: bank.fileContent, path: path) == bank, "seed \(seed)")
        }
    }

    @Test func aBankWithoutObjectsComesBackToo() throws {
        var bank = SampleSet().logical
        for index in bank.images.indices {
            bank.images[index].objects = []
            bank.images[index].clutter = []
        }
        #expect(try LogicalBank(fileContent: bank.fileContent, path: path) == bank)
    }

    @Test func aDescriptorWithoutContextComesBackToo() throws {
        var bank = SampleSet().logical
        bank.images[0].clutter[0].context = []
        #expect(try LogicalBank(fileContent: bank.fileContent, path: path) == bank)
    }

    @Test func everyTruncationIsRefusedAndNamesTheFile() {
        let content = SampleSet().logical.fileContent
        for length in content.indices {
            guard case .damaged(let where_, _) = refusal(of: Array(content.prefix(length))) else {
                Issue.record("\(length) of \(content.count) bytes were taken")
                continue
            }
            #expect(where_ == path)
        }
    }

    @Test func aByteTooManyIsRefused() {
        #expect(
            refusal(of: SampleSet().logical.fileContent + [0])
                == .damaged(path: path, problem: "it goes on after its end"))
    }

    @Test func flippedBytesAreRefusedOrGiveABankThatIsStillSound() throws {
        let content = SampleSet().logical.fileContent
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<4000 {
            var damaged = content
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: damaged.indices, using: &generator)
                damaged[place] ^= UInt8.random(in: 1...255, using: &generator)
            }
            let bank: LogicalBank
            do {
                bank = try LogicalBank(fileContent: damaged, path: path)
            } catch {
                continue
            }
            // Whatever is accepted says the same again when written, so nothing was misread.
            #expect(bank.fileContent == damaged)
            #expect(bank.images.allSatisfy { image in image.objects.allSatisfy { $0.object.mask.grid.pixelCount > 0 } })
        }
    }

    @Test func randomBytesAreRefused() {
        var generator = SeededGenerator(seed: 11)
        let start = SampleSet().logical.fileContent.prefix(16)
        for round in 0..<2000 {
            let noise = (0..<Int.random(in: 0...400, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            #expect(refusal(of: round % 2 == 0 ? noise : start + noise) != nil)
        }
    }

    /// The word at `offset` of a bank's content replaced.
    private func content(_ content: [UInt8], wordAt offset: Int, is value: UInt32) -> [UInt8] {
        var content = content
        for byte in 0..<4 { content[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
        return content
    }

    @Test func anotherVersionIsNotRead() {
        let other = content(SampleSet().logical.fileContent, wordAt: 12, is: 999)
        #expect(refusal(of: other) == .unknownSchema(path: path, found: "logical bank 999"))
    }

    @Test func absurdCountsAreRefusedBeforeMemoryIsTaken() {
        let bytes = SampleSet().logical.fileContent
        // channel count; image count (after the centre and the common scales)
        for offset in [16, 20 + 4 * SampleSet.channelCount + 4 * CostPart.allCases.count] {
            for count: UInt32 in [0x7FFF_FFFF, 0xFFFF_FFFF] {
                guard case .damaged(_, let problem) = refusal(of: content(bytes, wordAt: offset, is: count)) else {
                    Issue.record("count \(count) at \(offset) was taken")
                    continue
                }
                #expect(problem.contains("above the bound"))
            }
        }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func numbersThatAreNotFiniteAreRefused(value: Float) {
        let damages: [(inout LogicalBank) -> Void] = [
            { $0.centre[2] = value },
            { $0.commonScales[3] = value },
            { $0.images[1].meanFeature[0] = value },
            { $0.images[0].objects[1].weight = value },
            { $0.images[0].objects[1].scales[5] = value },
            { $0.images[0].objects[1].object.descriptor.representation[4] = value },
            { $0.images[0].objects[1].object.descriptor.colour[0] = value },
            { $0.images[0].objects[1].object.descriptor.centreX = value },
            { $0.images[1].clutter[0].context[3] = value },
            { $0.images[1].clutter[0].objectness = value },
        ]
        for (index, damage) in damages.enumerated() {
            var bank = SampleSet().logical
            damage(&bank)
            #expect(
                refusal(of: bank.fileContent) == .damaged(path: path, problem: "a number in it is not finite"),
                "damage \(index)")
        }
    }

    @Test func numbersThatNoMeasurementGivesAreRefused() {
        let damages: [(inout LogicalBank) -> Void] = [
            { $0.images[0].objects[0].weight = 1.5 },
            { $0.images[0].objects[0].weight = -0.1 },
            { $0.images[0].objects[0].scales[1] = -1 },
            { $0.commonScales[1] = -1 },
            { $0.images[0].objects[0].object.descriptor.centreX = 1e30 },
            { $0.images[0].objects[0].object.descriptor.centreY = -3 },
            { $0.images[0].objects[0].object.descriptor.area = -0.5 },
            { $0.images[0].objects[0].object.descriptor.majorAxis = 1e20 },
            { $0.images[0].objects[0].object.descriptor.objectness = 7 },
            { $0.images[0].objects[0].object.descriptor.representation[0] = 1e38 },
            { $0.images[0].clutter[0].colour[2] = -1e38 },
            { $0.images[1].meanFeature[2] = 3e38 },
            { $0.centre[0] = -3e38 },
        ]
        for (index, damage) in damages.enumerated() {
            var bank = SampleSet().logical
            damage(&bank)
            #expect(refusal(of: bank.fileContent) != nil, "damage \(index)")
        }
    }

    @Test func aPartnerThatDoesNotExistIsRefused() {
        for partner in [3, 4096, -2, Int(Int32.max), Int(Int32.min)] {
            var bank = SampleSet().logical
            bank.images[0].objects[1].partners[1] = partner
            #expect(refusal(of: bank.fileContent) == .damaged(path: path, problem: "a partner does not exist"))
        }
    }

    @Test func aMaskOnAnEmptyGridIsRefused() {
        var bank = SampleSet().logical
        bank.images[0].objects[1].object.mask = Mask(
            grid: PixelSize(width: 0, height: 0), box: PixelBox(x: 0, y: 0, width: 0, height: 0), bits: [])
        #expect(refusal(of: bank.fileContent) == .damaged(path: path, problem: "a mask does not fit its grid"))
    }

    @Test func imagesWithOtherChannelCountsAreRefused() {
        var bank = SampleSet().logical
        bank.images[1].meanFeature.removeLast()
        #expect(refusal(of: bank.fileContent) == .damaged(path: path, problem: "channel counts differ"))
        bank = SampleSet().logical
        bank.images[1].objects[0].object.descriptor.context.removeLast()
        #expect(refusal(of: bank.fileContent) == .damaged(path: path, problem: "channel counts differ"))
    }
}

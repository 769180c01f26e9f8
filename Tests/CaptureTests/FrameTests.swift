import Capture
import Imaging
import Synchronization
import Testing

struct FrameTests {
    @Test func aLoanEndsOnceWithItsFrame() throws {
        let driver = LendingMemory(Array(0..<64))
        do {
            let frame = try driver.frame(sequence: 3)
            let sum = unsafe frame.withBytes { bytes in unsafe bytes.reduce(0) { $0 + Int($1) } }
            #expect(sum == 63 * 64 / 2)
            #expect(driver.returnedCount == 0)
        }
        #expect(driver.returnedCount == 1)
    }

    @Test func aFrameHandedToAnotherThreadGoesBackFromThere() throws {
        let driver = LendingMemory(Array(0..<64))
        let slot = LatestFrame()
        slot.offer(try driver.frame(sequence: 0))
        let thread = try NamedThread(name: "taker") {
            _ = slot.take()
        }
        thread.join()
        #expect(driver.returnedCount == 1)
    }

    @Test func anErrorFromTheReaderComesThrough() throws {
        let driver = LendingMemory(Array(0..<64))
        let lent = try driver.frame(sequence: 0)
        let owned = Frame(file: "a.png", bytes: [1], sequence: 0, capturedAt: .now)
        #expect(throws: Unreadable.self) { try Self.read(lent) }
        #expect(throws: Unreadable.self) { try Self.read(owned) }
    }

    @Test func aCameraFrameAndAFileBecomePictures() throws {
        let driver = LendingMemory((0..<64).map { UInt8($0) })
        let image = try driver.frame(sequence: 0).decoded()
        #expect(image.size == PixelSize(width: 8, height: 8))
        #expect(image.pixels[9] == 3)

        let file = Frame(file: "a.png", bytes: try image.png(), sequence: 0, capturedAt: .now)
        let fileName = file.sourceName
        let formatName = file.formatName
        #expect(fileName == "a.png")
        #expect(formatName == "png")
        #expect(try file.decoded() == image)
        var reused = Image(width: 1, height: 1, pixels: [0, 0, 0])
        var decoder = FrameDecoder()
        try file.decode(into: &reused, with: &decoder)
        #expect(reused == image)
        try driver.frame(sequence: 0).decode(into: &reused, with: &decoder)
        #expect(reused == image)
    }

    @Test func aDamagedFileIsNamedInTheError() throws {
        let frame = Frame(file: "broken.jpg", bytes: [0xFF, 0xD8, 0xFF, 0x00], sequence: 0, capturedAt: .now)
        do throws(ImagingError) {
            _ = try frame.decoded()
            Issue.record("a damaged file was decoded")
        } catch {
            #expect(error.description.contains("broken.jpg"))
        }
    }

    private static func read(_ frame: borrowing Frame) throws {
        _ = unsafe try frame.withBytes { (_: UnsafeRawBufferPointer) throws(Unreadable) -> Int in throw Unreadable() }
    }
}

private struct Unreadable: Error {}

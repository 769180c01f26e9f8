import AssayTestSupport
import Foundation
import Glibc
import Testing

/// `assayctl enroll`, interrupted while it works: nothing or a whole set.
struct InterruptedEnrolmentTests {
    private let bench: Workbench
    private let folder: TemporaryFolder

    init() throws {
        bench = try Workbench.shared.get()
        folder = try TemporaryFolder("assay-interrupt")
    }

    private var set: String { folder.file("sets/set") }

    private func enrolment() throws -> ChildProcess {
        if FileManager.default.fileExists(atPath: folder.file("sets")) {
            try FileManager.default.removeItem(atPath: folder.file("sets"))
        }
        try FileManager.default.createDirectory(atPath: folder.file("sets"), withIntermediateDirectories: false)
        return try ChildProcess(
            try PreloadCameraLibrary.program("assayctl"),
            ["enroll", bench.file("good"), "--name", "tray", "--output", set], output: folder.file("output"))
    }

    /// Sends an interrupt at the first moment at which `isDue` holds, which is looked at over and over.
    private func interrupted(_ child: ChildProcess, when isDue: () throws -> Bool) throws -> Int32 {
        while child.isRunning, try !isDue() { sched_yield() }
        return child.end(with: SIGINT)
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.file("sets"))
    }

    private func judgesWithTheSet() throws -> Bool {
        try CommandRun("assayctl", ["inspect", "--set", set, bench.file("pass.png")]).status == 0
    }

    /// The processor time that a program has used, in clock ticks.
    private func ticks(of child: ChildProcess) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(child.identifier)/stat", encoding: .utf8)
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        return try #require(fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : nil)
    }

    @Test func wheneverItComesThereIsNothingOrAWholeSet() throws {
        let undisturbed = try enrolment()
        var whole = 0
        while undisturbed.isRunning { whole = max(whole, try ticks(of: undisturbed)) }
        #expect(undisturbed.wait() == 0 && whole >= 8)
        var nothingCount = 0
        for eighth in 0..<8 {
            let child = try enrolment()
            let status = try interrupted(child) { try ticks(of: child) >= eighth * whole / 8 }
            if status == SIGINT {
                #expect(try names().isEmpty, "interrupted after \(eighth) eighths")
                nothingCount += 1
            } else {
                #expect(status == 0, "interrupted after \(eighth) eighths")
                #expect(try names() == ["set"])
                #expect(try judgesWithTheSet())
            }
        }
        #expect(nothingCount >= 2, "most of the work comes before anything is written")
    }

    @Test func aSetThatIsBeingWrittenIsFinished() throws {
        let child = try enrolment()
        var wasSeen = false
        let status = try interrupted(child) {
            wasSeen = try names().contains { $0.contains(".partial-") }
            return wasSeen
        }
        #expect(wasSeen && status == 0)
        #expect(try names() == ["set"])
        #expect(try judgesWithTheSet())
    }
}

import AssayTestSupport
import Foundation
import Glibc
import SupportSets
import Testing

struct SupportSetWriterTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("assay-writer")
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func aSetIsAllThatIsLeftBehind() throws {
        try SampleSet().write(to: folder.file("set"))
        #expect(try names() == ["set"])
        #expect(try SupportSetFolder.paths(in: folder.file("set")).count == 5)
    }

    @Test func theSameSetTwiceIsTheSameBytes() throws {
        let sample = SampleSet()
        try sample.write(to: folder.file("a"))
        try sample.write(to: folder.file("b"))
        for path in try SupportSetFolder.paths(in: folder.file("a")) {
            #expect(
                try SupportSetFolder.digest(of: folder.file("a/" + path))
                    == SupportSetFolder.digest(of: folder.file("b/" + path)))
        }
    }

    @Test func anExistingSetIsKeptUnlessReplacingIsAskedFor() throws {
        let path = try SampleSet(seed: 1).write(to: folder.file("set"))
        let before = try SupportSet(opening: path).identity
        #expect(throws: SupportSetError.unwritable(path: path, reason: "it exists already")) {
            try SampleSet(seed: 2).write(to: path)
        }
        #expect(try SupportSet(opening: path).identity == before)
        #expect(try names() == ["set"])
    }

    @Test func replacingPutsTheNewSetInPlaceAndLeavesNothingOfTheOld() throws {
        let path = try SampleSet(seed: 1).write(to: folder.file("set"))
        try SampleSet(seed: 2).write(to: path, replacing: true)
        #expect(try SupportSet(opening: path).logical == SampleSet(seed: 2).logical)
        #expect(try names() == ["set"])
    }

    @Test func aSetThatIsMappedStaysWholeWhileItIsReplaced() throws {
        let path = try SampleSet(seed: 1).write(to: folder.file("set"))
        let running = try SupportSet(opening: path)
        try SampleSet(seed: 2).write(to: path, replacing: true)
        let rows = unsafe running.structural.rows.withElements { unsafe Array($0) }
        let expected = unsafe SampleSet(seed: 1).structural.rows.withElements { unsafe Array($0) }
        #expect(rows == expected)
    }

    @Test func replacingNeverRemovesAFolderThatIsNoSet() throws {
        let pictures = folder.file("pictures")
        try FileManager.default.createDirectory(atPath: pictures, withIntermediateDirectories: false)
        try folder.write("precious", to: "pictures/holiday.jpg")
        do throws(SupportSetError) {
            try SampleSet().write(to: pictures, replacing: true)
            Issue.record("the folder was replaced")
        } catch {
            #expect(error.description.contains(pictures) && error.description.contains("not a support set"))
        }
        #expect(try names() == ["pictures"])
        #expect(try String(contentsOfFile: folder.file("pictures/holiday.jpg"), encoding: .utf8) == "precious")
        let file = try folder.write("precious", to: "file")
        #expect(throws: SupportSetError.self) { try SampleSet().write(to: file, replacing: true) }
        #expect(try names() == ["file", "pictures"])
    }

    @Test func anEmptyFolderMayBeReplaced() throws {
        try FileManager.default.createDirectory(atPath: folder.file("set"), withIntermediateDirectories: false)
        try SampleSet().write(to: folder.file("set"), replacing: true)
        #expect(try names() == ["set"])
    }

    @Test func aSlashAtTheEndOfTheNameMakesNoDifference() throws {
        try SampleSet(seed: 1).write(to: folder.file("set") + "/")
        try SampleSet(seed: 2).write(to: folder.file("set") + "//", replacing: true)
        #expect(try SupportSet(opening: folder.file("set") + "/").logical == SampleSet(seed: 2).logical)
        #expect(try names() == ["set"])
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        do throws(SupportSetError) {
            try SampleSet().write(to: folder.file("missing/set"))
            Issue.record("a set was written to nowhere")
        } catch {
            #expect(error.description.contains(folder.file("missing/set")))
            #expect(error.description.contains("nothing was changed"))
        }
        #expect(try names().isEmpty)
    }

    @Test(.disabled(if: geteuid() == 0, "root may write everywhere"))
    func aFolderThatMayNotBeWrittenIsNamedAndStaysAsItWas() throws {
        let path = try SampleSet(seed: 1).write(to: folder.file("set"))
        try #require(unsafe chmod(folder.path, 0o500) == 0)
        defer { unsafe chmod(folder.path, 0o700) }
        #expect(throws: SupportSetError.self) { try SampleSet(seed: 2).write(to: path, replacing: true) }
        #expect(try SupportSet(opening: path).logical == SampleSet(seed: 1).logical)
        #expect(try names() == ["set"])
    }

    /// No file may grow beyond a limit, as on a disk that is full: each limit stops the writing in another file.
    @Test func aDiskThatIsFullLeavesNeitherASetNorItsParts() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder("assay-full")
            let old = try SampleSet(seed: 1).write(to: folder.file("old"))
            let digest = try SupportSet(opening: old).identity.digest
            _ = signal(SIGXFSZ, SIG_IGN)
            var limits = rlimit()
            try #require(unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0)
            let unlimited = limits.rlim_cur
            for largest in [0, 1, 5, 9, 40, 63, 64, 65, 400, 700, 800] as [rlim_t] {
                for name in ["new", "old"] {
                    limits.rlim_cur = largest
                    try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0)
                    var refusal: SupportSetError?
                    do throws(SupportSetError) {
                        try SampleSet(seed: 2).write(to: folder.file(name), replacing: true)
                    } catch {
                        refusal = error
                    }
                    limits.rlim_cur = unlimited
                    try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0)
                    guard case .unwritable(_, let reason) = refusal, reason == "File too large" else { exit(2) }
                    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                    guard left == ["old"] else { exit(3) }
                    guard try SupportSet(opening: old).identity.digest == digest else { exit(4) }
                }
            }
            try SampleSet(seed: 2).write(to: old, replacing: true)
        }
    }
}

import AssayTestSupport
import Foundation
import Glibc
import SupportSets
import Testing

struct SetArchiveTests {
    private let folder: SetFolder
    private let work: TemporaryFolder
    private let packed: String

    init() throws {
        folder = try SetFolder()
        work = try TemporaryFolder("assay-archive")
        packed = work.file("tray.assayset")
        try SetArchive.pack(folder.path, to: packed)
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: work.path).sorted()
    }

    private func read(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) }

    /// The files of the set in the order of an archive, the manifest first.
    private func files() throws -> [(String, [UInt8])] {
        let listed = try SupportSetFolder.paths(in: folder.path).filter { $0 != "manifest.json" }
        return try (["manifest.json"] + listed).map { ($0, try folder.bytes(of: $0)) }
    }

    /// Why an archive is refused, or nil when it is unpacked; a refusal must leave nothing behind.
    private func refusal(
        of bytes: [UInt8], bounds: SetBounds = SetBounds(), keys: TrustedKeys = TrustedKeys()
    ) throws -> SupportSetError? {
        let archive = try work.write(bytes, to: "hostile.assayset")
        let before = try names()
        do throws(SupportSetError) {
            try SetArchive(opening: archive, trusting: keys, within: bounds).unpack(to: work.file("hostile"))
        } catch {
            #expect(try names() == before, "something was left behind")
            return error
        }
        try FileManager.default.removeItem(atPath: work.file("hostile"))
        return nil
    }

    private func expectRefusal(
        _ archive: ForgedArchive, saying words: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let text = try refusal(of: archive.bytes)?.description ?? "taken"
        #expect(text.contains(words), "\(text)", sourceLocation: location)
    }

    @Test func whatIsUnpackedIsWhatWasPacked() throws {
        try SetSignature.sign(folder.path, by: PrivateKey())
        try SetArchive.pack(folder.path, to: packed, replacing: true)
        try SetArchive(opening: packed).unpack(to: work.file("out"))
        let paths = try SupportSetFolder.paths(in: folder.path)
        #expect(try SupportSetFolder.paths(in: work.file("out")) == paths)
        #expect(paths.contains("signature"))
        for path in paths {
            #expect(try read(work.file("out/" + path)) == folder.bytes(of: path))
        }
        #expect(try SupportSet(opening: work.file("out")).identity == SupportSet(opening: folder.path).identity)
    }

    @Test func theSameSetIsTheSameArchiveByteByByte() throws {
        try FileManager.default.copyItem(atPath: folder.path, toPath: work.file("copy"))
        try SetArchive.pack(work.file("copy"), to: work.file("again"))
        #expect(try read(packed) == read(work.file("again")))
        var forged = ForgedArchive()
        for (path, content) in try files() { forged.add(path, content) }
        forged.end()
        #expect(try read(packed) == forged.bytes)
    }

    @Test func tarListsAnArchive() throws {
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tar.arguments = ["tar", "tf", packed]
        let output = Pipe()
        tar.standardOutput = output
        try tar.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        tar.waitUntilExit()
        #expect(tar.terminationStatus == 0)
        #expect(text.split(separator: "\n").map(String.init) == (try files().map(\.0)))
    }

    @Test func theManifestIsKnownBeforeAnythingIsUnpacked() throws {
        let archive = try SetArchive(opening: packed)
        #expect(archive.identity == (try SupportSet(opening: folder.path).identity))
        #expect(archive.manifest.k == 2 && archive.signer == nil)
    }

    @Test func nothingThatExistsIsOverwritten() throws {
        try work.write("precious", to: "out")
        #expect(throws: SupportSetError.unwritable(path: work.file("out"), reason: "it exists already")) {
            try SetArchive(opening: packed).unpack(to: work.file("out"))
        }
        #expect(throws: SupportSetError.unwritable(path: packed, reason: "it exists already")) {
            try SetArchive.pack(folder.path, to: packed)
        }
        #expect(try names() == ["out", "tray.assayset"])
    }

    @Test func aDamagedSetIsNotPacked() throws {
        try folder.replace("logical.bank", with: [1, 2, 3])
        #expect(throws: SupportSetError.digestDiffers(path: folder.file("logical.bank"))) {
            try SetArchive.pack(folder.path, to: work.file("bad"))
        }
        try FileManager.default.removeItem(atPath: folder.file("logical.bank"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("logical.bank"), withDestinationPath: "/etc/passwd")
        #expect(throws: SupportSetError.self) { try SetArchive.pack(folder.path, to: work.file("bad")) }
        #expect(try names() == ["tray.assayset"])
    }

    @Test func aLongNameTravelsInThePrefix() throws {
        var sample = SampleSet()
        let name = String(repeating: "n", count: 100)
        sample.images[0].name = name
        sample.logical.images[0].name = name
        let long = try SetFolder(sample)
        try SetArchive.pack(long.path, to: work.file("long"))
        try SetArchive(opening: work.file("long")).unpack(to: work.file("out"))
        #expect(try read(work.file("out/images/" + name)) == sample.images[0].bytes)
    }

    @Test func everyTruncationIsRefused() throws {
        let content = try read(packed)
        for length in Set((0..<content.count).filter { $0 % 97 == 0 || $0 % 512 < 2 } + [content.count - 1]) {
            #expect(try refusal(of: Array(content.prefix(length))) != nil, "\(length) of \(content.count) bytes")
        }
        #expect(try refusal(of: content) == nil)
    }

    @Test func everyFlippedByteIsRefused() throws {
        let content = try read(packed)
        for place in stride(from: 0, to: content.count, by: 11) {
            var damaged = content
            damaged[place] ^= 0x40
            let text = try refusal(of: damaged)
            // The manifest itself has no digest in the archive: a changed promise is another set.
            if text == nil { #expect((512..<8192).contains(place), "byte \(place)") }
        }
    }

    @Test func whatFollowsTheEndIsRefused() throws {
        let content = try read(packed)
        for tail in [[UInt8](repeating: 0, count: 1), [UInt8](repeating: 0, count: 512), [1], content] {
            let text = try refusal(of: content + tail)?.description ?? "taken"
            #expect(text.contains("goes on after its end"), "\(text)")
        }
    }

    @Test(arguments: [
        ("../evil", "begins with a dot"), ("images/../../evil", "is no name"), ("images/..", "begins with a dot"),
        ("/etc/cron.d/evil", "is no name"), ("/evil", "has an empty name"), ("images//evil", "is no name"),
        ("images/", "has an empty name"), ("", "has an empty name"), (".hidden", "begins with a dot"),
        ("a/b/c", "is no name"), ("./logical.bank", "begins with a dot"), ("a\nb", "other characters"),
        ("a\\b", "other characters"), ("a b", "other characters"), ("ü", "other characters"),
        ("a\u{1B}[2J", "other characters"), ("con:", "other characters"),
    ])
    func aNameThatLeavesTheFolderOrHasOddCharactersIsRefused(path: String, words: String) throws {
        var archive = ForgedArchive()
        for (path, content) in try files() { archive.add(path, content) }
        archive.add(path, [1])
        archive.end()
        try expectRefusal(archive, saying: words)
        #expect(!FileManager.default.fileExists(atPath: work.file("evil")))
        var first = ForgedArchive()
        first.add(path, [1])
        try expectRefusal(first, saying: words)
    }

    @Test(
        arguments: [
            ("1", "a link"), ("2", "a link"), ("3", "a device"), ("4", "a device"), ("5", "a folder"), ("6", "a pipe"),
            ("S", "a file with holes"), ("x", "nothing known"), ("g", "nothing known"), ("L", "nothing known"),
            ("7", "nothing known"), ("\0", "nothing known"),
        ] as [(Character, String)])
    func onlyFilesAreTaken(kind: Character, words: String) throws {
        var archive = ForgedArchive()
        for (path, content) in try files() {
            let isHostile = path == "logical.bank"
            archive.add(path, content, kind: isHostile ? kind : "0", link: isHostile ? "/etc/passwd" : "")
        }
        archive.end()
        try expectRefusal(archive, saying: words)
        archive = ForgedArchive()
        for (path, content) in try files() {
            if path == "logical.bank" { archive.add(path, [], kind: kind) } else { archive.add(path, content) }
        }
        archive.end()
        try expectRefusal(archive, saying: words)
    }

    @Test func aLinkFieldOrAnOwnerInAFilesHeaderIsRefused() throws {
        for place in [100, 108, 116, 136, 157, 265, 297, 329, 337, 500] {
            var archive = ForgedArchive()
            for (path, content) in try files() { archive.add(path, content) { $0[place] = UInt8(ascii: "7") } }
            archive.end()
            try expectRefusal(archive, saying: "none that assayctl set pack writes")
        }
    }

    @Test func aWrongChecksumIsRefused() throws {
        var archive = ForgedArchive()
        for (path, content) in try files() { archive.add(path, content, spoilChecksum: path == "structural.bank") }
        archive.end()
        try expectRefusal(archive, saying: "checksum")
    }

    @Test func hugeSizesAreRefusedBeforeAnythingIsAllocated() throws {
        for name in ["manifest.json", "logical.bank", "structural.bank"] {
            for size in [0o77777777777, 1 << 32, 100_000] {
                var archive = ForgedArchive()
                for (path, content) in try files() {
                    archive.add(path, content, statedSize: path == name ? size : nil)
                }
                archive.end()
                try expectRefusal(archive, saying: "ends within \(name)")
            }
        }
        // GNU's numbers of two's complement, and minus.
        for start in [[0x80, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF], [UInt8(ascii: "-"), 0x31, 0x30, 0x30]] as [[UInt8]] {
            var archive = ForgedArchive()
            archive.add("manifest.json", [1]) { $0.replaceSubrange(124..<128, with: start) }
            try expectRefusal(archive, saying: "is no number")
        }
    }

    @Test func aManifestAboveItsBoundIsRefused() throws {
        var archive = ForgedArchive()
        archive.add("manifest.json", [UInt8](repeating: 32, count: 5 << 20))
        archive.end()
        try expectRefusal(archive, saying: "above the bound")
    }

    @Test func moreBytesOrFilesThanTheBoundAreRefused() throws {
        let content = try read(packed)
        let bytes = try refusal(of: content, bounds: SetBounds(mostBytes: 1000))?.description ?? "taken"
        #expect(bytes.contains("more than 1000 bytes"), "\(bytes)")
        let files = try refusal(of: content, bounds: SetBounds(mostFiles: 3))?.description ?? "taken"
        #expect(files.contains("above the bound of 3"), "\(files)")
    }

    @Test func aHundredThousandFilesAreRefusedByTheManifestAlone() throws {
        let digest = String(repeating: "0", count: 64)
        let entries = (0..<40_000).map { "\"images/\($0)\":\"\(digest)\"" }.joined(separator: ",")
        try folder.editManifest { $0.replacing("\"files\" : {", with: "\"files\" : {\(entries),") }
        var archive = ForgedArchive()
        archive.add("manifest.json", try folder.bytes(of: "manifest.json"))
        archive.end()
        try expectRefusal(archive, saying: "files, above the bound of 8192")
    }

    @Test func aFileThatTheManifestDoesNotListIsRefused() throws {
        for name in ["evil.sh", "images/003-evil.png", "zzz"] {
            var archive = ForgedArchive()
            let hostile = try files().dropFirst() + [(name, [1])]
            archive.add("manifest.json", try folder.bytes(of: "manifest.json"))
            for (path, content) in hostile.sorted(by: { $0.0 < $1.0 }) { archive.add(path, content) }
            archive.end()
            try expectRefusal(archive, saying: "\(name) in it is not listed")
        }
    }

    @Test func aFileThatIsTwiceOrMissingOrOutOfOrderIsRefused() throws {
        let files = try files()
        for index in files.indices.dropFirst() {
            var twice = files
            twice.insert(files[index], at: index)
            var missing = files
            missing.remove(at: index)
            var swapped = files
            swapped.swapAt(1, index)
            for hostile in [twice, missing] + (index > 1 ? [swapped] : []) {
                var archive = ForgedArchive()
                for (path, content) in hostile { archive.add(path, content) }
                archive.end()
                #expect(try refusal(of: archive.bytes) != nil, "\(hostile.map(\.0))")
            }
        }
        var archive = ForgedArchive()
        for (path, content) in [files[0], files[0]] + files.dropFirst() { archive.add(path, content) }
        archive.end()
        try expectRefusal(archive, saying: "manifest.json in it is not listed")
    }

    @Test func aWrongDigestIsRefusedByItsFile() throws {
        for (name, _) in try files().dropFirst() {
            var archive = ForgedArchive()
            for (path, content) in try files() {
                archive.add(path, path == name ? content.dropLast() + [(content.last ?? 0) ^ 1] : content)
            }
            archive.end()
            #expect(
                try refusal(of: archive.bytes) == .digestDiffers(path: work.file("hostile.assayset") + ":" + name))
        }
    }

    @Test func aManifestThatListsPathsOutsideIsRefused() throws {
        for name in ["../evil", "/etc/evil", "a/b/c", "manifest.json", "signature", ".x", "a b"] {
            let other = try SetFolder()
            let entry = "\"\(name)\" : \"\(String(repeating: "0", count: 64))\",\n    \"logical.bank\""
            try other.editManifest { $0.replacing("\"logical.bank\"", with: entry) }
            var archive = ForgedArchive()
            archive.add("manifest.json", try other.bytes(of: "manifest.json"))
            archive.end()
            try expectRefusal(archive, saying: "its manifest lists a file which")
        }
    }

    @Test func somethingBetweenTheFilesIsRefused() throws {
        var content = try read(packed)
        let header = try #require(content.firstRange(of: Array("images/001-good.png\0".utf8)))
        content[header.lowerBound + 1000] = 1
        let text = try refusal(of: content)?.description ?? "taken"
        #expect(text.contains("something lies between the files"), "\(text)")
    }

    @Test func aPipeALinkAndAFolderAreNoArchives() throws {
        try #require(unsafe mkfifo(work.file("pipe"), 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: work.file("link"), withDestinationPath: packed)
        for path in [work.file("pipe"), work.file("link"), folder.path, "/dev/zero"] {
            #expect(throws: SupportSetError.self) { _ = try SetArchive(opening: path).identity }
        }
    }

    /// No file may grow beyond a limit, as on a disk that is full: each limit stops the writing in another file.
    @Test func aDiskThatIsFullLeavesNothingBehind() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder("assay-full")
            let set = try SampleSet().write(to: folder.file("set"))
            try SetArchive.pack(set, to: folder.file("whole"))
            _ = signal(SIGXFSZ, SIG_IGN)
            var limits = rlimit()
            try #require(unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0)
            let unlimited = limits.rlim_cur
            for largest in [0, 1, 9, 64, 400, 700, 800] as [rlim_t] {
                for isPacking in [true, false] {
                    limits.rlim_cur = largest
                    try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0)
                    var refusal: SupportSetError?
                    do throws(SupportSetError) {
                        if isPacking {
                            try SetArchive.pack(set, to: folder.file("new"))
                        } else {
                            try SetArchive(opening: folder.file("whole")).unpack(to: folder.file("new"))
                        }
                    } catch {
                        refusal = error
                    }
                    limits.rlim_cur = unlimited
                    try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0)
                    guard case .unwritable(_, let reason) = refusal, reason == "File too large" else { exit(2) }
                    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                    guard left == ["set", "whole"] else { exit(3) }
                }
            }
        }
    }
}

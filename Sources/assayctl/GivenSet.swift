internal import Foundation
internal import Glibc
internal import SupportSets

/// A support set named on the command line: a folder, or an .assayset file, which lies unpacked in a folder of its own
/// for as long as this lives.
final class GivenSet {
    static let ending = ".assayset"

    /// As it was named.
    let path: String

    /// Where its files are.
    let folder: String
    let set: SupportSet
    private let temporary: String?

    init(_ path: String, trusting keys: TrustedKeys = TrustedKeys()) throws {
        let path = Self.trimmed(path)
        self.path = path
        do throws(SupportSetError) {
            guard Self.isArchive(path) else {
                folder = path
                temporary = nil
                set = try SupportSet(opening: path, trusting: keys)
                return
            }
            let archive = try SetArchive(opening: path, trusting: keys)
            let made = try Self.makeTemporary()
            do throws(SupportSetError) {
                try archive.unpack(to: made + "/set")
                set = try SupportSet(opening: made + "/set", trusting: keys)
            } catch {
                Self.remove(made)
                throw error.told(of: made + "/set", as: path)
            }
            temporary = made
            folder = made + "/set"
        } catch {
            throw CommandFailure.badInput(error.description)
        }
    }

    /// It is one file.
    var isArchive: Bool { temporary != nil }

    deinit {
        if let temporary { Self.remove(temporary) }
    }

    /// A file is one; whatever is not there is told by the name of a folder.
    static func isArchive(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }

    /// Without the slashes at its end that shells add.
    static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private static func makeTemporary() throws(SupportSetError) -> String {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array((trimmed(parent) + "/assay-set-XXXXXX").utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw .unwritable(path: parent, reason: unsafe String(cString: strerror(errno)))
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func remove(_ folder: String) {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            StandardError.write("assayctl: \(folder): cannot be removed; remove it by hand")
        }
    }
}

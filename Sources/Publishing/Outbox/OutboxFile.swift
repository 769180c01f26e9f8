internal import Foundation
internal import GRDB
internal import Glibc

/// Where the outbox's database lies, and what happens to it when it is damaged.
struct OutboxFile: Sendable {
    private static let name = "outbox.sqlite"
    private static let damagedPrefix = "outbox-damaged-"

    /// Damaged files that are kept for whoever wants to know; older ones go.
    static let keptCount = 2

    private let folder: String

    init(folder: String) { self.folder = folder }

    private var path: String { "\(folder)/\(Self.name)" }

    func open() throws(OutboxFault) -> OutboxStore { try OutboxStore(path: path) }

    /// Whether the disk takes no writes at all, as ext4 makes itself after an error.
    var isReadOnly: Bool {
        var facts = statvfs()
        return unsafe statvfs(folder, &facts) == 0 && facts.f_flag & UInt(ST_RDONLY) != 0
    }

    /// The numbers in a file that is otherwise damaged, as far as they can still be read.
    func salvage() -> [String: OutboxStream] {
        do {
            return try DatabaseQueue(path: path).read { try OutboxStore.streams(in: $0) }
        } catch {
            return [:]
        }
    }

    /// Moves the damaged file away so that a new one can be made.
    ///
    /// - Returns: where it is now.
    func setAside(at time: Timestamp) throws(OutboxFault) -> String {
        let stamp = time.text.filter { $0.isNumber || $0 == "T" }
        let target = "\(folder)/\(Self.damagedPrefix)\(stamp).sqlite"
        guard unsafe rename(path, target) == 0 else {
            throw .unusable(reason: "\(path): damaged, and cannot be moved away (\(SystemError.last))")
        }
        // Its last commits; there need not be any.
        _ = unsafe rename(path + "-wal", target + "-wal")
        unsafe unlink(path + "-shm")
        forgetOldest()
        return target
    }

    private func forgetOldest() {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            return
        }
        let kept = names.filter { $0.hasPrefix(Self.damagedPrefix) && $0.hasSuffix(".sqlite") }.sorted()
        for name in kept.dropLast(Self.keptCount) {
            unsafe unlink("\(folder)/\(name)")
            unsafe unlink("\(folder)/\(name)-wal")
        }
    }
}

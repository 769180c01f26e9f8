internal import Foundation
internal import Glibc
internal import SupportSets
internal import Synchronization

/// The records of all lines' sets, a small file each; a file is always whole.
package final class SetRecords: Sendable {
    private static let mostBytes = 4 << 20
    private let folder: String
    private let records = Mutex<[String: SetRecord]>([:])

    /// One change at a time: the threads that change lines are the only ones to wait for each other here.
    private let turn = Mutex(())

    package init(folder: String) { self.folder = folder }

    /// What is remembered of a line; an empty record where nothing is, or nothing that can be read.
    package func record(of line: String) -> SetRecord {
        if let known = records.withLock({ $0[line] }) { return known }
        let read = Self.read(path(of: line))
        return records.withLock { records in
            if let known = records[line] { return known }
            records[line] = read
            return read
        }
    }

    /// All records on the disk, also of lines that do not run now.
    package var all: [String: SetRecord] {
        var all: [String: SetRecord] = [:]
        for name in FolderNames.names(in: folder) where name.hasSuffix(Self.suffix) {
            let line = String(name.dropLast(Self.suffix.count))
            all[line] = record(of: line)
        }
        return all.merging(records.withLock { $0 }) { _, known in known }
    }

    /// Changes a record in memory and on the disk, or neither.
    ///
    /// - Returns: the system's reason where it could not be written.
    package func change(_ line: String, _ body: (inout SetRecord) -> Void) -> String? {
        turn.withLock { _ in
            var new = record(of: line)
            let old = new
            body(&new)
            guard new != old else { return nil }
            if let reason = write(new, of: line) { return reason }
            let kept = new
            records.withLock { $0[line] = kept }
            return nil
        }
    }

    /// Changes a record in memory, and on the disk as far as that is possible.
    ///
    /// - Returns: the system's reason where it could not be written.
    package func force(_ line: String, _ body: (inout SetRecord) -> Void) -> String? {
        turn.withLock { _ in
            var new = record(of: line)
            let old = new
            body(&new)
            guard new != old else { return nil }
            let kept = new
            records.withLock { $0[line] = kept }
            return write(kept, of: line)
        }
    }

    private static let suffix = ".sets.json"
    private func path(of line: String) -> String { "\(folder)/\(line)\(Self.suffix)" }

    private static func read(_ path: String) -> SetRecord {
        do {
            let bytes = try SupportSetFolder.read(path, upTo: mostBytes)
            let record = try JSONDecoder().decode(SetRecord.self, from: Data(bytes))
            return record.schema == SetRecord.schema ? record : SetRecord()
        } catch {
            return SetRecord()
        }
    }

    private func write(_ record: SetRecord, of line: String) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            let content = try encoder.encode(record)
            return WholeFile.write([UInt8](content), to: path(of: line))
        } catch {
            return "\(error)"
        }
    }
}

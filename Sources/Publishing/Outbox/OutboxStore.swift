internal import Foundation
internal import GRDB

/// The outbox's file: a SQLite database in write-ahead mode whose every commit is on the disk when it returns.
///
/// Used by one thread. The file is locked as long as this value lives; SIGKILL ends that too.
package struct OutboxStore: ~Copyable {
    let queue: DatabaseQueue

    /// What was there at the opening.
    package let stored: StoredMessages

    /// Opens the file, makes it where there is none, brings an older format up to date and looks it over.
    package init(path: String) throws(OutboxFault) {
        var configuration = Configuration()
        configuration.label = "assay-outbox"
        configuration.prepareDatabase { database in
            // One process alone: no shared memory, and a second one is told at once.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA journal_size_limit = 16777216")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
        }
        (queue, stored) = try OutboxFault.catching {
            try OutboxSchema.look(at: path)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try OutboxSchema.prepare(queue)
            return (queue, try queue.read { try Self.look(at: $0) })
        }
    }

    /// Writes all of `work` or nothing.
    package func perform(_ work: OutboxWork) throws(OutboxFault) -> OutboxWork.Trimmed {
        try OutboxFault.catching {
            try queue.write { database in
                try Self.remove(work, from: database)
                for item in work.inserts { try Self.insert(item, into: database) }
                try Self.seal(work, in: database)
                for (name, stream) in work.streams { try Self.put(stream, named: name, into: database) }
                return try work.trim.map { try Self.trim($0, in: database) } ?? OutboxWork.Trimmed()
            }
        }
    }

    private static func remove(_ work: OutboxWork, from database: Database) throws {
        if let first = work.replacesFrom {
            try database.execute(sql: "DELETE FROM message WHERE position >= ?", arguments: [first])
        }
        guard !work.deletes.isEmpty else { return }
        let statement = try database.cachedStatement(sql: "DELETE FROM message WHERE position = ?")
        for position in work.deletes { try statement.execute(arguments: [position]) }
    }

    private static func insert(_ item: OutboxItem, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO message
                (position, stream, seq, accepted, historical, dropped, bytes, topic, schema, id, boot, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            item.position, item.stream, Int64(clamping: item.sequence), item.acceptedAt.milliseconds,
            item.delivery?.isHistorical, Int64(clamping: item.delivery?.droppedBefore ?? 0), item.body.count,
            item.topic, item.head.schema, item.head.id, item.head.boot, Data(item.body),
        ])
    }

    private static func seal(_ work: OutboxWork, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "UPDATE message SET historical = ?, dropped = ? WHERE position = ?")
        for position in work.unseals { try statement.execute(arguments: [nil, 0, position]) }
        for seal in work.seals {
            try statement.execute(arguments: [
                seal.delivery.isHistorical, Int64(clamping: seal.delivery.droppedBefore), seal.position,
            ])
        }
    }

    private static func put(_ stream: OutboxStream, named name: String, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO stream (name, last, sealed, given_up) VALUES (?, ?, ?, ?)")
        try statement.execute(arguments: [
            name, Int64(clamping: stream.last), Int64(clamping: stream.sealed), Int64(clamping: stream.givenUp),
        ])
    }

    private static func trim(_ trim: OutboxWork.Trim, in database: Database) throws -> OutboxWork.Trimmed {
        var trimmed = OutboxWork.Trimmed()
        let oldest = try Row.fetchCursor(
            database,
            sql: "SELECT position, bytes, accepted FROM message WHERE historical IS NULL ORDER BY position")
        while let row = try oldest.next() {
            let accepted = Timestamp(milliseconds: try row.value(2))
            let isTooOld = accepted < trim.madeBefore && accepted.isPlausible
            guard trimmed.positions.count < trim.rows || trimmed.bytes < trim.bytes || isTooOld else { break }
            trimmed.positions.append(try row.value(0))
            trimmed.bytes += Int(clamping: min(try row.count(1), 1 << 31))
        }
        guard let first = trimmed.positions.first, let last = trimmed.positions.last else { return trimmed }
        try database.execute(
            sql: "DELETE FROM message WHERE position BETWEEN ? AND ? AND historical IS NULL", arguments: [first, last])
        return trimmed
    }

    /// Gives a piece of the file back to the disk when much of it is empty.
    ///
    /// - Returns: whether there is more.
    package func shrink() throws(OutboxFault) -> Bool {
        try OutboxFault.catching {
            try queue.writeWithoutTransaction { database in
                let spare = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
                guard spare > 1024 else { return false }
                try database.execute(sql: "PRAGMA incremental_vacuum(1024)")
                return spare > 2048
            }
        }
    }

    /// Writes everything into the one file and lets go of it.
    package consuming func close() throws(OutboxFault) {
        try OutboxFault.catching { try queue.close() }
    }
}

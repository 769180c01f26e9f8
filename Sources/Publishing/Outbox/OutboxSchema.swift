internal import Foundation
internal import GRDB

/// The format of the outbox's file and how older ones become it.
enum OutboxSchema {
    /// `user_version` of a file of this format; one more for each step.
    static var version: Int { steps.count }

    /// `application_id`: "Asay".
    private static let application = 0x4173_6179

    private static let steps: [@Sendable (Database) throws -> Void] = [
        { database in
            try database.execute(
                sql: """
                    CREATE TABLE message (
                        position INTEGER PRIMARY KEY,
                        stream TEXT NOT NULL,
                        seq INTEGER NOT NULL,
                        accepted INTEGER NOT NULL,
                        historical INTEGER,
                        dropped INTEGER NOT NULL,
                        bytes INTEGER NOT NULL,
                        topic TEXT NOT NULL,
                        schema TEXT NOT NULL,
                        id TEXT NOT NULL,
                        boot TEXT NOT NULL,
                        body BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE stream (
                        name TEXT PRIMARY KEY,
                        last INTEGER NOT NULL,
                        sealed INTEGER NOT NULL,
                        given_up INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
    ]

    /// Refuses a later format or someone else's file from its first bytes, before SQLite writes to it.
    static func look(at path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { return }
        defer { file.closeFile() }
        guard let header = try file.read(upToCount: 100), header.count == 100, header.starts(with: Array("SQLite".utf8))
        else { return }
        func number(at offset: Int) -> Int { header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        try check(found: number(at: 60), owner: number(at: 68))
    }

    private static func check(found: Int, owner: Int) throws {
        guard owner == application || (owner == 0 && found == 0) else {
            throw OutboxFault.unusable(reason: "the file is another program's; move it away")
        }
        guard (0...version).contains(found) else { throw OutboxFault.newerVersion(found: found, known: version) }
    }

    /// Makes, brings up to date and looks over.
    static func prepare(_ queue: DatabaseQueue) throws {
        try queue.write { database in
            let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            try check(found: found, owner: owner)
            for step in steps[found...] { try step(database) }
            if found < version {
                try database.execute(sql: "PRAGMA user_version = \(version)")
                try database.execute(sql: "PRAGMA application_id = \(application)")
            }
        }
        try queue.read { database in
            let problem = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer"
            guard problem == "ok" else { throw OutboxFault.damaged(reason: problem) }
        }
    }
}

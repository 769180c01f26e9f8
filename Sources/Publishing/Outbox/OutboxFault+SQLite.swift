internal import GRDB

extension OutboxFault {
    /// The one place where SQLite's errors become ours.
    static func catching<Result: ~Copyable>(_ body: () throws -> Result) throws(OutboxFault) -> Result {
        do {
            return try body()
        } catch let fault as OutboxFault {
            throw fault
        } catch let error as DatabaseError {
            throw OutboxFault(error)
        } catch {
            throw .damaged(reason: "a row cannot be read: \(error)")
        }
    }

    private init(_ error: DatabaseError) {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_SCHEMA, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT:
            self = .damaged(reason: reason)
        case .SQLITE_ERROR where reason.hasPrefix("no such") || reason.contains("overflow"):
            self = .damaged(reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .unusable(reason: "another program holds the file (\(reason))")
        default: self = .unusable(reason: reason)
        }
    }
}

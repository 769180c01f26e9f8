internal import Foundation
internal import GRDB

/// What is read back from the file.
extension OutboxStore {
    static func look(at database: Database) throws -> StoredMessages {
        var stored = StoredMessages()
        let sums = try Row.fetchOne(
            database, sql: "SELECT COUNT(*), IFNULL(SUM(bytes), 0), IFNULL(MAX(position), 0) FROM message")
        if let sums {
            stored.count = try sums.value(0)
            stored.bytes = try sums.value(1)
            stored.lastPosition = try sums.value(2)
            guard (0..<Int64(1) << 62).contains(stored.lastPosition) else {
                throw OutboxFault.damaged(reason: "position \(stored.lastPosition) is none of this program's")
            }
        }
        stored.streams = try streams(in: database)
        return stored
    }

    static func streams(in database: Database) throws -> [String: OutboxStream] {
        var streams: [String: OutboxStream] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT name, last, sealed, given_up FROM stream") {
            streams[try row.value(0)] = OutboxStream(
                last: try row.count(1), sealed: try row.count(2), givenUp: try row.count(3))
        }
        return streams
    }

    /// The oldest messages after a position, in order, at most 8 MiB of them but one at least.
    package func load(after position: Int64, count: Int) throws(OutboxFault) -> [OutboxItem] {
        try OutboxFault.catching {
            try queue.read { database in
                let rows = try Row.fetchCursor(
                    database,
                    sql: """
                        SELECT position, stream, seq, accepted, historical, dropped, topic, schema, id, boot, body
                        FROM message WHERE position > ? ORDER BY position LIMIT ?
                        """, arguments: [position, count])
                var items: [OutboxItem] = []
                var bytes = 0
                while bytes < OutboxQueue.readyByteLimit, let row = try rows.next() {
                    items.append(try Self.item(row))
                    bytes += items.last?.body.count ?? 0
                }
                return items
            }
        }
    }

    private static func item(_ row: Row) throws -> OutboxItem {
        let sequence = try row.count(2)
        let isHistorical: Bool? = try row.hasNull(atIndex: 4) ? nil : row.value(4)
        let delivery = try isHistorical.map {
            Delivery(sequence: sequence, isHistorical: $0, droppedBefore: try row.count(5))
        }
        let body: Data = try row.value(10)
        return OutboxItem(
            position: try row.value(0), stream: try row.value(1), sequence: sequence, topic: try row.value(6),
            head: MessageHead(schema: try row.value(7), id: try row.value(8), boot: try row.value(9)),
            body: [UInt8](body), acceptedAt: Timestamp(milliseconds: try row.value(3)), delivery: delivery)
    }
}

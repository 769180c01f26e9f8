internal import GRDB

extension Row {
    /// A column that must hold what it was made for; the library's own access would end the process.
    func value<Value: DatabaseValueConvertible>(_ index: Int) throws(OutboxFault) -> Value {
        let stored: DatabaseValue = self[index]
        guard let value = Value.fromDatabaseValue(stored) else {
            throw .damaged(reason: "column \(index) holds something else than it should")
        }
        return value
    }

    func count(_ index: Int) throws(OutboxFault) -> UInt64 {
        let value: Int64 = try value(index)
        guard (0..<Int64(1) << 62).contains(value) else {
            throw .damaged(reason: "column \(index) holds \(value)")
        }
        return UInt64(value)
    }
}

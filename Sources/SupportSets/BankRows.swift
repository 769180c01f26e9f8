/// Rows of floats that live in memory or in a mapped file.
package struct BankRows: Sendable {
    package let rowCount: Int
    package let columnCount: Int

    private enum Storage: Sendable {
        case owned([Float])
        case mapped(MappedFile, byteOffset: Int)
    }
    private let storage: Storage

    package init(owned elements: [Float], columnCount: Int) {
        precondition(columnCount > 0 && elements.count % columnCount == 0)
        self.rowCount = elements.count / columnCount
        self.columnCount = columnCount
        self.storage = .owned(elements)
    }

    /// - Precondition: the rows lie inside the file and the offset is a multiple of four.
    init(mapped file: MappedFile, byteOffset: Int, rowCount: Int, columnCount: Int) {
        precondition(byteOffset % 4 == 0 && byteOffset + 4 * rowCount * columnCount <= file.byteCount)
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.storage = .mapped(file, byteOffset: byteOffset)
    }

    /// Gives back the memory of rows that are in a file; what is read of them next comes from there.
    package func letGo() { letGo(of: 0..<(rowCount * columnCount)) }

    func letGo(of elements: Range<Int>) {
        guard case .mapped(let file, let byteOffset) = storage else { return }
        file.letGo(of: (byteOffset + 4 * elements.lowerBound)..<(byteOffset + 4 * elements.upperBound))
    }

    /// Calls `body` with all elements, row by row; they must not outlive it.
    package func withElements<Result>(_ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
        switch storage {
        case .owned(let elements):
            return unsafe elements.withUnsafeBufferPointer { unsafe body($0) }
        case .mapped(let file, let byteOffset):
            return unsafe file.withBytes { bytes in
                let rows = unsafe UnsafeRawBufferPointer(
                    rebasing: bytes[byteOffset..<(byteOffset + 4 * rowCount * columnCount)])
                return unsafe rows.withMemoryRebound(to: Float.self) { unsafe body($0) }
            }
        }
    }
}

/// One line of text as coverage, 0 to 255, row by row.
struct TextLine: Equatable, Sendable {
    let width: Int
    let height: Int
    let coverage: [UInt8]
}

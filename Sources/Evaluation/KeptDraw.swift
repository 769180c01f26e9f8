/// What came of one choice of support images, as it is kept on disk.
package protocol KeptDraw: Sendable, Codable {
    var category: String { get }
    var seed: Int { get }
}

/// The number format in which a network computes most of its layers; the least exact one is the smallest.
package enum Precision: String, CaseIterable, Codable, Comparable, Sendable {
    case int8
    case bf16
    case fp32

    private var rank: Int {
        switch self {
        case .int8: 0
        case .bf16: 1
        case .fp32: 2
        }
    }

    package static func < (left: Precision, right: Precision) -> Bool { left.rank < right.rank }
}

/// Why a matching could not be computed.
package enum MatchingError: Error, Equatable {
    /// This cost is NaN or infinite: the features behind it are broken, or the caller divided by zero.
    case costNotFinite(row: Int, column: Int)

    /// The cost of leaving this row or column unmatched is NaN or infinite.
    case unmatchedCostNotFinite(index: Int)
}

extension MatchingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .costNotFinite(let row, let column):
            "the cost of pairing row \(row) with column \(column) is not a finite number; check the features behind it"
        case .unmatchedCostNotFinite(let index):
            "the cost of leaving item \(index) unmatched is not a finite number; check the limits it comes from"
        }
    }
}

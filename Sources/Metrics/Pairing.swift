/// The largest set of pairs in which nothing is used twice.
package enum Pairing {
    /// For each left thing the right one it is paired with, or nil; augmenting paths, for a few dozen things.
    ///
    /// - Parameter fits: whether a left thing can go with a right one.
    package static func largest(left: Int, right: Int, where fits: (_ left: Int, _ right: Int) -> Bool) -> [Int?] {
        var partners = [Int?](repeating: nil, count: right)
        for start in 0..<left {
            var isSeen = [Bool](repeating: false, count: right)
            _ = place(start, right: right, fits, &isSeen, &partners)
        }
        var result = [Int?](repeating: nil, count: left)
        for (index, partner) in partners.enumerated() {
            if let partner { result[partner] = index }
        }
        return result
    }

    private static func place(
        _ item: Int, right: Int, _ fits: (Int, Int) -> Bool, _ isSeen: inout [Bool], _ partners: inout [Int?]
    ) -> Bool {
        for other in 0..<right where !isSeen[other] && fits(item, other) {
            isSeen[other] = true
            let isFree: Bool
            if let holder = partners[other] {
                isFree = place(holder, right: right, fits, &isSeen, &partners)
            } else {
                isFree = true
            }
            if isFree {
                partners[other] = item
                return true
            }
        }
        return false
    }
}

internal import Imaging

/// COCO's compressed run lengths: each count in groups of five bits, from the third on as a difference to the count two
/// before (`rleFrString` of its C code).
enum CompressedRuns {
    /// Nil for a text that no encoder writes.
    static func counts(from text: String, pixelCount: Int) -> [Int]? {
        var counts: [Int] = []
        var iterator = text.utf8.makeIterator()
        while let first = iterator.next() {
            var value = 0
            var shift = 0
            var byte = first
            while true {
                guard byte >= 48, byte < 48 + 64, shift <= 30 else { return nil }
                let group = Int(byte) - 48
                value |= (group & 0x1F) << shift
                shift += 5
                guard group & 0x20 != 0 else {
                    if group & 0x10 != 0 { value |= -1 << shift }
                    break
                }
                guard let next = iterator.next() else { return nil }
                byte = next
            }
            if counts.count > 2 { value += counts[counts.count - 2] }
            guard value >= 0, value <= pixelCount else { return nil }
            counts.append(value)
        }
        return counts
    }
}

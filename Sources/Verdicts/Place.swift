package import Imaging

/// Where in a picture a box lies, in words.
package enum Place {
    /// "at the top left", "in the middle", …
    package static func words(for box: PixelBox, in frame: PixelSize) -> String {
        let x = third(box.x + box.width / 2, of: frame.width)
        let y = third(box.y + box.height / 2, of: frame.height)
        let vertical = ["top", "middle", "bottom"][y]
        let horizontal = ["left", "middle", "right"][x]
        switch (x, y) {
        case (1, 1): return "in the middle"
        case (1, _): return "at the \(vertical)"
        case (_, 1): return "on the \(horizontal)"
        default: return "at the \(vertical) \(horizontal)"
        }
    }

    private static func third(_ position: Int, of length: Int) -> Int {
        min(2, max(0, 3 * position / max(length, 1)))
    }
}

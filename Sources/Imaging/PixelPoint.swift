/// A place in a picture in pixels; the first pixel's centre is (½, ½).
package struct PixelPoint: Equatable, Hashable, Sendable, Codable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

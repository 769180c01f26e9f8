extension PixelBox {
    /// Common area / area of either, 0 to 1; 0 if both are empty.
    package func overlapRatio(_ other: PixelBox) -> Double {
        let common = intersection(other).area
        let either = area + other.area - common
        return either > 0 ? Double(common) / Double(either) : 0
    }
}

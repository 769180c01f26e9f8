/// Sums over the pixels of a region that touch, also by a corner, what is not of it.
struct RimMeasures: Sendable {
    var count = 0
    var boundarySum = 0.0

    mutating func add(boundary: Float) {
        count += 1
        boundarySum += Double(boundary)
    }
}

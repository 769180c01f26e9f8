/// Sums over the pixels of a region that add up when regions join.
struct RegionMeasures: Sendable {
    var area = 0
    var left = Int.max
    var top = Int.max
    var right = -1
    var bottom = -1
    var sumX = 0
    var sumY = 0
    var sumXX = 0
    var sumYY = 0
    var sumXY = 0
    var objectSum = 0.0
    var distancePeak: Float = 0
    var rim = RimMeasures()

    mutating func add(x: Int, y: Int, object: Float, distance: Float) {
        area += 1
        left = min(left, x)
        top = min(top, y)
        right = max(right, x)
        bottom = max(bottom, y)
        sumX += x
        sumY += y
        sumXX += x * x
        sumYY += y * y
        sumXY += x * y
        objectSum += Double(object)
        distancePeak = max(distancePeak, distance)
    }

    /// The sums over both regions; the rim is the union of both rims.
    static func + (one: RegionMeasures, other: RegionMeasures) -> RegionMeasures {
        var sum = one
        sum.area += other.area
        sum.left = min(one.left, other.left)
        sum.top = min(one.top, other.top)
        sum.right = max(one.right, other.right)
        sum.bottom = max(one.bottom, other.bottom)
        sum.sumX += other.sumX
        sum.sumY += other.sumY
        sum.sumXX += other.sumXX
        sum.sumYY += other.sumYY
        sum.sumXY += other.sumXY
        sum.objectSum += other.objectSum
        sum.distancePeak = max(one.distancePeak, other.distancePeak)
        sum.rim.count += other.rim.count
        sum.rim.boundarySum += other.rim.boundarySum
        return sum
    }
}

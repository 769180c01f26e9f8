/// The two source cells between which a target cell's centre lies, and how far it is towards the upper one.
struct LinearTap {
    let lower: Int
    let upper: Int
    let fraction: Float

    init(_ index: Int, from sourceCount: Int, to targetCount: Int) {
        let centre = (Float(index) + 0.5) * Float(sourceCount) / Float(targetCount) - 0.5
        let clamped = min(max(centre, 0), Float(sourceCount - 1))
        lower = Int(clamped)
        upper = min(lower + 1, sourceCount - 1)
        fraction = clamped - Float(lower)
    }
}

/// Which training images a seed stands for; the same for every method.
enum SupportChoice {
    /// `count` different places below `total`, in the order they were drawn.
    static func places(count: Int, below total: Int, seed: Int) -> [Int] {
        precondition(count <= total)
        var state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x632B_E59B_D9B4_E019
        /// SplitMix64.
        func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        var places = Array(0..<total)
        for index in 0..<count {
            let other = index + Int(next().multipliedFullWidth(by: UInt64(total - index)).high)
            places.swapAt(index, other)
        }
        return Array(places.prefix(count))
    }
}

/// The pixels of a disc, a row at a time.
struct Brush {
    let radius: Int

    /// Half the width of each row, from `-radius` to `radius`.
    let reaches: [Int]

    init(radius: Int) {
        self.radius = radius
        reaches = (-radius...radius).map { y in
            var reach = 0
            while (reach + 1) * (reach + 1) + y * y <= radius * radius { reach += 1 }
            return reach
        }
    }
}

/// Finds places for label plates near their marks: in the picture, off each other, and off other marks if it can be.
package struct LabelPlacement {
    private let marks: [PixelBox]
    private let picture: PixelSize
    private var placed: [PixelBox] = []

    package init(avoiding marks: [PixelBox], in picture: PixelSize) {
        self.marks = marks.map { $0.clamped(to: picture) }
        self.picture = picture
    }

    /// The best of a few places round the mark; later labels keep off it.
    package mutating func place(_ size: PixelSize, beside mark: PixelBox, gap: Int) -> PixelBox {
        let mark = mark.clamped(to: picture)
        var best = PixelBox(x: 0, y: 0, width: size.width, height: size.height)
        var bestCost = Int.max
        for (rank, candidate) in candidates(size, beside: mark, gap: gap).enumerated() {
            let cost = cost(of: candidate) + rank
            if cost < bestCost {
                best = candidate
                bestCost = cost
            }
        }
        placed.append(best)
        return best
    }

    /// Overlap with another label weighs most: it makes both unreadable.
    private func cost(of candidate: PixelBox) -> Int {
        var cost = 0
        for label in placed { cost += 50 * candidate.intersection(label).area }
        for mark in marks { cost += candidate.intersection(mark).area }
        return cost
    }

    /// Above and below in several steps away, left-aligned, right-aligned and centred; then beside and inside.
    private func candidates(_ size: PixelSize, beside mark: PixelBox, gap: Int) -> [PixelBox] {
        let columns = [mark.x - gap, mark.maxX + gap - size.width, mark.x + (mark.width - size.width) / 2]
        let beside = [mark.maxX + gap, mark.x - gap - size.width]
        let rows = [mark.y, mark.y + (mark.height - size.height) / 2, mark.maxY - size.height]
        var corners: [(x: Int, y: Int)] = []
        for step in 0..<3 {
            for x in columns {
                corners.append((x, mark.y - gap - size.height - step * (size.height + 2)))
                corners.append((x, mark.maxY + gap + step * (size.height + 2)))
            }
            if step == 0 {
                for y in rows {
                    for x in beside { corners.append((x, y)) }
                }
            }
        }
        for y in rows {
            for x in columns { corners.append((x, y)) }
        }
        return corners.map { corner in
            PixelBox(
                x: max(0, min(corner.x, picture.width - size.width)),
                y: max(0, min(corner.y, picture.height - size.height)), width: size.width, height: size.height)
        }
    }
}
